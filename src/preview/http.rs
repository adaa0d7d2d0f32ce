//! The little of HTTP that a preview needs: one `GET` for each connection (RFC 9112).
//!
//! **Invariant:** a request has a bounded size and a bounded time, and asks for a path and nothing
//! else.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// Longest head of a request, in bytes.
const LONGEST: u64 = 8 * 1024;

/// How long a browser may take to send or to read.
const PATIENCE: Duration = Duration::from_secs(10);

/// What a browser asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Path, beginning with `/`.
    pub path: String,
    /// What stands after `?`; may be empty.
    pub query: String,
}

/// What a browser gets.
#[derive(Debug, Clone)]
pub struct Answer {
    /// Status code.
    pub status: u16,
    /// Media type.
    pub media: &'static str,
    /// Content.
    pub body: Vec<u8>,
}

impl Answer {
    /// Content of a media type.
    pub fn found(media: &'static str, body: Vec<u8>) -> Self {
        Self { status: 200, media, body }
    }

    /// A refusal in words.
    pub fn refused(status: u16, words: &str) -> Self {
        Self { status, media: "text/plain; charset=utf-8", body: words.as_bytes().to_vec() }
    }
}

/// Reads a request. A request that cannot be answered gives the refusal that answers it.
pub fn read(stream: &TcpStream) -> io::Result<Result<Request, Answer>> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    Ok(parse(&mut BufReader::new(stream.take(LONGEST))))
}

/// Reads the head of a request. The host must be this machine: a name of somewhere else that was
/// made to lead here would let a page from there read the report.
fn parse(reader: &mut impl BufRead) -> Result<Request, Answer> {
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        match reader.read_line(&mut line) {
            Ok(_) if line == "\r\n" || line == "\n" => break,
            Ok(_) if line.ends_with('\n') => lines.push(line.trim_end().to_owned()),
            Ok(_) => return Err(Answer::refused(431, "the request is too long or incomplete")),
            Err(_) => return Err(Answer::refused(400, "the request cannot be read")),
        }
    }
    let mut lines = lines.iter();
    let mut words = lines.next().map(String::as_str).unwrap_or_default().split(' ');
    let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    if method != "GET" {
        return Err(Answer::refused(405, "only GET is answered"));
    }
    let host = lines.find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("host").then(|| value.trim())
    });
    if !host.is_some_and(is_local) {
        return Err(Answer::refused(403, "only localhost is answered"));
    }
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    if !path.starts_with('/') {
        return Err(Answer::refused(400, "the path must begin with /"));
    }
    Ok(Request { path: path.to_owned(), query: query.to_owned() })
}

fn is_local(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    matches!(name, "localhost" | "127.0.0.1" | "[::1]")
}

/// Writes an answer. Nothing is kept by the browser, since the next build replaces it.
pub fn write(mut stream: &TcpStream, answer: &Answer) -> io::Result<()> {
    let reason = match answer.status {
        200 => "OK",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        431 => "Request Header Fields Too Large",
        503 => "Service Unavailable",
        _ => "Bad Request",
    };
    let head = format!(
        "HTTP/1.1 {} {reason}\r\nContent-Type: {}\r\nContent-Length: {}\r\nConnection: close\r\n\
         Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\n\
         Cross-Origin-Resource-Policy: same-origin\r\nX-Frame-Options: SAMEORIGIN\r\n\r\n",
        answer.status,
        answer.media,
        answer.body.len()
    );
    stream.write_all(head.as_bytes())?;
    stream.write_all(&answer.body)?;
    stream.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Result<Request, u16> {
        parse(&mut text.as_bytes()).map_err(|answer| answer.status)
    }

    #[test]
    fn a_path_and_a_query_are_read() {
        let request = parsed("GET /state?after=3 HTTP/1.1\r\nHost: localhost:4400\r\n\r\n");
        assert_eq!(request, Ok(Request { path: "/state".into(), query: "after=3".into() }));
    }

    #[test]
    fn what_does_not_come_from_this_machine_is_refused() {
        assert_eq!(parsed("GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n"), Err(403));
        assert_eq!(parsed("GET / HTTP/1.1\r\nHost: localhost.evil.example:80\r\n\r\n"), Err(403));
        assert_eq!(parsed("GET / HTTP/1.1\r\n\r\n"), Err(403));
        assert!(parsed("GET / HTTP/1.1\r\nhost: [::1]:4400\r\n\r\n").is_ok());
        assert!(parsed("GET / HTTP/1.1\nHost: 127.0.0.1\n\n").is_ok());
    }

    #[test]
    fn what_is_no_short_get_is_refused() {
        assert_eq!(parsed("POST / HTTP/1.1\r\nHost: localhost\r\n\r\n"), Err(405));
        assert_eq!(parsed("GET report.html HTTP/1.1\r\nHost: localhost\r\n\r\n"), Err(400));
        assert_eq!(parsed("GET / HTTP/1.1\r\nHost: localhost"), Err(431));
        assert_eq!(parsed(""), Err(431));
        assert!(parse(&mut &b"\xff\xfe\r\n\r\n"[..]).is_err());
    }
}
