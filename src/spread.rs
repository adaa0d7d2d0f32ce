//! Pieces of work on every processor.

use std::panic::resume_unwind;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Stack of a thread that works: as large as any part of the program asks for, such as the reader of PDF. What
/// is not used costs nothing.
const STACK: usize = 32 * 1024 * 1024;

/// Does numbered pieces of work that do not depend on each other, on as many threads as there are
/// processors. The results come in the order of the numbers, whoever was first.
pub fn spread<T: Send>(count: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let workers = processors().min(count);
    let next = AtomicUsize::new(0);
    let some = || {
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            if at >= count {
                return done;
            }
            done.push((at, work(at)));
        }
    };
    let mut done = thread::scope(|scope| {
        let spawn = |_| worker().spawn_scoped(scope, some).ok();
        let threads: Vec<_> = (1..workers).filter_map(spawn).collect();
        // This thread works too, so that all is done even where no other can be had.
        let mut done = some();
        for thread in threads {
            match thread.join() {
                Ok(more) => done.extend(more),
                Err(panic) => resume_unwind(panic),
            }
        }
        done
    });
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, result)| result).collect()
}

/// The same, on this thread alone where the work is not worth others: starting them takes a while too.
pub fn spread_if<T: Send>(many: bool, count: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    if many { spread(count, work) } else { (0..count).map(work).collect() }
}

/// How many processors there are, asked for once: the answer is in files of the system.
fn processors() -> usize {
    static PROCESSORS: OnceLock<usize> = OnceLock::new();
    *PROCESSORS.get_or_init(|| thread::available_parallelism().map_or(1, usize::from))
}

/// Does a piece of work here and another on a thread of its own.
pub fn beside<A, B: Send>(here: impl FnOnce() -> A, there: impl Fn() -> B + Sync) -> (A, B) {
    thread::scope(|scope| {
        let spawned = worker().spawn_scoped(scope, &there);
        let here = here();
        match spawned.map(thread::ScopedJoinHandle::join) {
            Ok(Ok(there)) => (here, there),
            Ok(Err(panic)) => resume_unwind(panic),
            Err(_) => (here, there()),
        }
    })
}

/// The same, one after the other on this thread where the work is not worth another.
pub fn beside_if<A, B: Send>(
    many: bool,
    here: impl FnOnce() -> A,
    there: impl Fn() -> B + Sync,
) -> (A, B) {
    if many { beside(here, there) } else { (here(), there()) }
}

/// A thread that works for this one. What is said of a thread that fails depends on its name.
fn worker() -> thread::Builder {
    let name = thread::current().name().unwrap_or("worker").to_owned();
    thread::Builder::new().name(name).stack_size(STACK)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_numbers() {
        let squares: Vec<usize> = (0..500).map(|at| at * at).collect();
        assert_eq!(spread(500, |at| at * at), squares);
        assert_eq!(spread(0, |at| at), Vec::<usize>::new());
        assert_eq!(spread_if(false, 500, |at| at * at), squares);
        assert_eq!(beside(|| 1, || "two"), (1, "two"));
        assert_eq!(beside_if(false, || 1, || "two"), (1, "two"));
    }
}
