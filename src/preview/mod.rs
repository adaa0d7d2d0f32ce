//! What a browser is shown while a report is being written.
//!
//! **Invariant:** only this machine is answered, and only with what was built: no file is read
//! because a browser asks for it.
//!
//! **Invariant:** a build that fails leaves the last good pages and says what is wrong.

mod http;

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

pub use self::http::{Answer, Request};

/// Connections that are answered at one time.
const MOST: usize = 32;

/// How long a browser waits for the next build before it asks again.
const WAIT: Duration = Duration::from_secs(20);

/// Where the page of the last build is.
const PAGE: &str = "/report.html";

/// What came of one build.
#[derive(Debug, Clone)]
pub struct Build {
    /// The finished page with all languages; nothing if it could not be made.
    pub page: Option<Vec<u8>>,
    /// Languages in the order of the report: tag and own name.
    pub languages: Vec<(String, String)>,
    /// Findings, as `check --format json` prints them.
    pub findings: Value,
    /// What is said of the build in one line.
    pub summary: String,
}

/// The site: the last build, and who waits for the next.
pub struct Site {
    shown: Mutex<Shown>,
    changed: Condvar,
    open: AtomicUsize,
    frame: String,
    pdf: PrintPdf,
}

/// Prints the PDF of a language on demand, or says why it cannot be.
pub type PrintPdf = Box<dyn Fn(&str) -> Result<Vec<u8>, String> + Send + Sync>;

#[derive(Default)]
struct Shown {
    version: u64,
    page: Option<Vec<u8>>,
    /// Languages of the page.
    languages: Vec<String>,
    state: Value,
}

impl Site {
    /// A site that has not been built yet. `frame` is the page around the report.
    pub fn new(frame: String, pdf: PrintPdf) -> Self {
        let (shown, changed) = (Mutex::new(Shown::default()), Condvar::new());
        Self { shown, changed, open: AtomicUsize::new(0), frame, pdf }
    }

    /// Shows a build to whoever waits. The page stays where a build has none.
    pub fn show(&self, build: Build) {
        let mut shown = self.lock();
        shown.version += 1;
        let stale = build.page.is_none();
        if build.page.is_some() {
            shown.page = build.page;
            shown.languages = build.languages.iter().map(|(lang, _)| lang.clone()).collect();
        }
        let languages: Vec<Value> = build
            .languages
            .iter()
            .map(|(lang, name)| json!({"lang": lang, "name": name}))
            .collect();
        shown.state = json!({
            "version": shown.version,
            "languages": languages,
            "stale": stale,
            "summary": build.summary,
            "report": build.findings,
        });
        self.changed.notify_all();
    }

    /// A lock that a panic of another thread has left is taken all the same: what it guards is
    /// replaced as a whole.
    fn lock(&self) -> MutexGuard<'_, Shown> {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Answers a request.
    pub fn answer(&self, request: &Request) -> Answer {
        let html = "text/html; charset=utf-8";
        match request.path.as_str() {
            "/" => Answer::found(html, self.frame.clone().into_bytes()),
            "/state" => Answer::found("application/json", self.state(&request.query)),
            PAGE => match self.lock().page.clone() {
                Some(page) => Answer::found(html, page),
                None => Answer::refused(404, "there is no such page"),
            },
            path => {
                let lang = path.strip_prefix("/report.").and_then(|rest| rest.strip_suffix(".pdf"));
                let known = |lang: &&str| self.lock().languages.iter().any(|one| one == lang);
                match lang.filter(known).map(|lang| (self.pdf)(lang)) {
                    Some(Ok(pdf)) => Answer::found("application/pdf", pdf),
                    Some(Err(reason)) => Answer::refused(503, &reason),
                    None => Answer::refused(404, "there is no such page"),
                }
            }
        }
    }

    /// The state, once it is newer than what the browser has; the same one after a while, so that
    /// the browser asks again.
    fn state(&self, query: &str) -> Vec<u8> {
        let after: u64 = query.strip_prefix("after=").and_then(|n| n.parse().ok()).unwrap_or(0);
        let shown = self.lock();
        let waited = self.changed.wait_timeout_while(shown, WAIT, |shown| shown.version <= after);
        let (shown, _) = waited.unwrap_or_else(PoisonError::into_inner);
        shown.state.to_string().into_bytes()
    }
}

/// Opens a port of this machine; 0 lets the system choose one.
pub fn listen(port: u16) -> io::Result<(TcpListener, SocketAddr)> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
    let address = listener.local_addr()?;
    Ok((listener, address))
}

/// Answers until the listener is closed, each connection on a thread of its own.
pub fn serve(site: &Site, listener: &TcpListener) {
    thread::scope(|scope| {
        for stream in listener.incoming() {
            // A connection that broke before it was taken is of no account.
            let Ok(stream) = stream else { continue };
            if site.open.fetch_add(1, Ordering::SeqCst) >= MOST {
                site.open.fetch_sub(1, Ordering::SeqCst);
                let _ = http::write(&stream, &Answer::refused(503, "too many connections"));
                continue;
            }
            scope.spawn(move || {
                // A browser that went away needs no answer.
                let _ = converse(site, &stream);
                site.open.fetch_sub(1, Ordering::SeqCst);
            });
        }
    });
}

fn converse(site: &Site, stream: &TcpStream) -> io::Result<()> {
    let answer = match http::read(stream)? {
        Ok(request) => site.answer(&request),
        Err(refusal) => refusal,
    };
    http::write(stream, &answer)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn build(text: Option<&str>) -> Build {
        Build {
            page: text.map(|text| text.as_bytes().to_vec()),
            languages: vec![("en".into(), "English".into())],
            findings: json!({"findings": []}),
            summary: "0 errors".into(),
        }
    }

    fn get(site: &Site, path: &str) -> (u16, String) {
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let answer = site.answer(&Request { path: path.into(), query: query.into() });
        (answer.status, String::from_utf8(answer.body).expect("UTF-8"))
    }

    #[test]
    fn the_last_good_pages_stay() {
        let site = Site::new("frame".into(), Box::new(|lang| Ok(lang.as_bytes().to_vec())));
        assert_eq!(get(&site, "/report.html").0, 404);
        site.show(build(Some("first")));
        assert_eq!(get(&site, "/report.html"), (200, "first".into()));
        assert!(get(&site, "/state").1.contains("\"stale\":false"));
        site.show(build(None));
        assert_eq!(get(&site, "/report.html"), (200, "first".into()));
        assert!(get(&site, "/state?after=1").1.contains("\"stale\":true"));
    }

    #[test]
    fn only_what_was_built_is_shown() {
        let site = Site::new("frame".into(), Box::new(|lang| Ok(lang.as_bytes().to_vec())));
        site.show(build(Some("first")));
        assert_eq!(get(&site, "/"), (200, "frame".into()));
        assert_eq!(get(&site, "/report.en.pdf"), (200, "en".into()));
        assert_eq!(get(&site, "/report.fr.pdf").0, 404);
        for path in ["/report.yaml", "/../../etc/passwd", "/%2e%2e/x", "//", "/metrics/energy.yaml"]
        {
            assert_eq!(get(&site, path).0, 404, "{path}");
        }
    }
}
