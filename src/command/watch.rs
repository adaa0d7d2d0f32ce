//! How far long work has come, for those who wait for it, and where its time went, for those who ask.
//!
//! **Invariant:** nothing of this reaches the standard output or a file.

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use crate::diag::{Phrase, say};
use crate::emit::padded;

use crate::command::clock::Stopwatch;
use crate::command::{Error, Io};

/// Work that is shorter shows no progress.
const PATIENCE: Duration = Duration::from_millis(500);

/// How often the line of progress is drawn.
const STEP: Duration = Duration::from_millis(100);

/// Widest line of progress, in characters.
const WIDEST: usize = 60;

/// Stack of the thread that works, as large as that of the main thread.
const STACK: usize = 8 * 1024 * 1024;

/// Whether progress is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// As one line that is drawn over and over.
    Shown,
    /// Not at all.
    Quiet,
}

/// Whether a table of times is printed in the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Timings {
    /// On the standard error.
    Printed,
    /// Not at all.
    Quiet,
}

impl From<bool> for Timings {
    fn from(wanted: bool) -> Self {
        if wanted { Self::Printed } else { Self::Quiet }
    }
}

/// What happens while something is worked on.
enum Event {
    Began(Phrase),
    Ended(Phrase, Duration),
    Expected(usize),
    Done,
}

/// Hears from the work which phase it is in. Any thread may tell.
#[derive(Clone)]
pub struct Watch {
    events: Option<Sender<Event>>,
}

impl Watch {
    /// One that nobody listens to.
    pub fn quiet() -> Self {
        Self { events: None }
    }

    /// Does a part of the work, under a name.
    pub fn phase<T>(&self, name: Phrase, work: impl FnOnce() -> T) -> T {
        if self.events.is_none() {
            return work();
        }
        self.tell(Event::Began(name.clone()));
        let stopwatch = Stopwatch::start();
        let result = work();
        self.tell(Event::Ended(name, stopwatch.elapsed()));
        result
    }

    /// Says how many equal pieces the work has.
    pub fn expect(&self, pieces: usize) {
        self.tell(Event::Expected(pieces));
    }

    /// Says that a piece is done.
    pub fn done(&self) {
        self.tell(Event::Done);
    }

    fn tell(&self, event: Event) {
        if let Some(events) = &self.events {
            // That nobody listens any more is no fault of the work.
            let _ = events.send(event);
        }
    }
}

/// Shows progress while work is done, and keeps how long its phases took.
pub struct Monitor {
    timings: Timings,
    times: Vec<(Phrase, Duration)>,
    total: Duration,
}

impl Monitor {
    /// A monitor that has seen nothing yet.
    pub fn new(timings: Timings) -> Self {
        Self { timings, times: Vec::new(), total: Duration::ZERO }
    }

    /// Does work on a thread of its own and shows how far it is.
    pub fn run<T: Send>(
        &mut self,
        io: &mut Io<'_>,
        work: impl FnOnce(&Watch) -> T + Send,
    ) -> Result<T, Error> {
        if io.progress == Progress::Quiet && self.timings == Timings::Quiet {
            return Ok(work(&Watch::quiet()));
        }
        let (events, heard) = channel();
        let stopwatch = Stopwatch::start();
        let worked = thread::scope(|scope| {
            let builder = thread::Builder::new().stack_size(STACK);
            // The watch ends with the work, which is how the monitor learns of it.
            let worker = builder.spawn_scoped(scope, move || {
                let watch = Watch { events: Some(events) };
                work(&watch)
            })?;
            self.follow(io, &heard)?;
            Ok::<_, std::io::Error>(worker.join())
        });
        self.total = self.total.saturating_add(stopwatch.elapsed());
        match worked? {
            Ok(result) => Ok(result),
            Err(panic) => std::panic::resume_unwind(panic),
        }
    }

    /// Draws a line for what it hears until there is nothing more to hear.
    fn follow(&mut self, io: &mut Io<'_>, heard: &Receiver<Event>) -> std::io::Result<()> {
        let stopwatch = Stopwatch::start();
        let (mut state, mut drawn) = (State::default(), String::new());
        loop {
            match heard.recv_timeout(STEP) {
                Ok(Event::Ended(name, time)) => {
                    state.ended(&name);
                    self.add(name, time);
                }
                Ok(Event::Began(name)) => state.open.push(name),
                Ok(Event::Expected(pieces)) => state.pieces = Some((0, pieces)),
                Ok(Event::Done) => state.pieces = state.pieces.map(|(n, all)| (n + 1, all)),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
            let waited = stopwatch.elapsed();
            if io.progress == Progress::Shown && waited > PATIENCE {
                let line = io.say(&state.line(waited));
                let line: String = line.chars().take(WIDEST).collect();
                if line != drawn {
                    write!(io.err, "\r\u{1b}[2K{line}")?;
                    io.err.flush()?;
                    drawn = line;
                }
            }
        }
        if !drawn.is_empty() {
            write!(io.err, "\r\u{1b}[2K")?;
            io.err.flush()?;
        }
        Ok(())
    }

    fn add(&mut self, name: Phrase, time: Duration) {
        match self.times.iter_mut().find(|(known, _)| *known == name) {
            Some((_, sum)) => *sum = sum.saturating_add(time),
            None => self.times.push((name, time)),
        }
    }

    /// Prints the table of times, if it is wanted. Phases that ran side by side add up to more than
    /// the time that passed.
    pub fn report(&self, io: &mut Io<'_>) -> Result<(), Error> {
        if self.timings == Timings::Quiet {
            return Ok(());
        }
        let mut rows: Vec<(String, Duration)> =
            self.times.iter().map(|(name, time)| (io.say(name), *time)).collect();
        rows.push((io.say(&say!("time that passed")), self.total));
        for (name, time) in rows {
            let time = format!("{}.{:03}", time.as_secs(), time.subsec_millis());
            writeln!(io.err, "{}{time:>9} s", padded(&name, 44))?;
        }
        Ok(())
    }
}

/// What is being done.
#[derive(Default)]
struct State {
    open: Vec<Phrase>,
    pieces: Option<(usize, usize)>,
}

impl State {
    fn ended(&mut self, name: &Phrase) {
        if let Some(at) = self.open.iter().position(|open| open == name) {
            self.open.remove(at);
        }
    }

    fn line(&self, waited: Duration) -> Phrase {
        let seconds = waited.as_secs();
        match (self.pieces, self.open.last()) {
            (Some((done, all)), _) => say!("{done} of {all} ({seconds} s)", done, all, seconds),
            (None, Some(name)) => say!("{name} ({seconds} s)", name, seconds),
            (None, None) => say!("{seconds} s", seconds),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::emit::{Colour, Interface};

    fn watched(progress: Progress, timings: Timings, pause: Duration) -> (u32, String) {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let interface = Interface::default();
        let colour = Colour::Off;
        let mut io = Io { out: &mut out, err: &mut err, colour, interface: &interface, progress };
        let mut monitor = Monitor::new(timings);
        let work = |watch: &Watch| {
            watch.phase(say!("joining"), || thread::sleep(pause));
            watch.phase(say!("joining"), || 7)
        };
        let result = monitor.run(&mut io, work).expect("a result");
        monitor.report(&mut io).expect("a table");
        assert!(out.is_empty(), "nothing reaches the standard output");
        (result, String::from_utf8(err).expect("text"))
    }

    #[test]
    fn nothing_is_said_unless_it_is_wanted() {
        let (result, said) = watched(Progress::Quiet, Timings::Quiet, Duration::ZERO);
        assert_eq!((result, said.as_str()), (7, ""));
    }

    #[test]
    fn short_work_shows_no_progress() {
        let (result, said) = watched(Progress::Shown, Timings::Quiet, Duration::ZERO);
        assert_eq!((result, said.as_str()), (7, ""));
    }

    #[test]
    fn long_work_shows_its_phase_and_leaves_nothing_behind() {
        let (_, said) = watched(Progress::Shown, Timings::Quiet, PATIENCE + STEP * 4);
        assert!(said.contains("joining (0 s)"), "{said:?}");
        assert!(said.ends_with("\r\u{1b}[2K"), "{said:?}");
        assert!(!said.contains('\n'), "{said:?}");
    }

    #[test]
    fn times_of_a_phase_are_added_up() {
        let (_, said) = watched(Progress::Quiet, Timings::Printed, Duration::from_millis(20));
        let lines: Vec<&str> = said.lines().collect();
        assert_eq!(lines.len(), 2, "{said}");
        assert!(lines[0].starts_with("joining ") && lines[0].ends_with(" s"), "{said}");
        assert!(lines[1].starts_with("time that passed "), "{said}");
        assert!(!said.contains('\u{1b}'), "{said:?}");
    }
}
