//! Work of libraries on bytes that may be anything: where one of them panics, the file is damaged and the program goes on.

/// The name of a thread whose panic is no fault of this program.
pub const GUARDED: &str = "decode";

/// Does the work in a thread of its own; `None` where it panics.
pub fn guarded<T: Send>(work: impl FnOnce() -> T + Send) -> Option<T> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().name(GUARDED.into()).spawn_scoped(scope, work);
        thread.ok()?.join().ok()
    })
}
