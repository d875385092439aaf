import Glibc

/// Calls a function on several threads at a time and returns when all calls have. One of them is the caller's thread.
///
/// Where the system has no thread to give, as under a limit on processes or memory, there are fewer calls. Dispatch would
/// ask for one again for as long as there is none.
/// - Parameters:
///   - count: The greatest number of calls, at least 1.
///   - body: The function.
func callOnThreads(_ count: Int, _ body: @escaping @Sendable () -> Void) {
  var threads: [pthread_t] = []
  while threads.count < count - 1, let thread = startThread(body) { threads.append(thread) }
  body()
  for thread in threads { pthread_join(thread, nil) }
}

/// A thread that calls a function and ends; `nil` if the system has none.
private func startThread(_ body: @escaping @Sendable () -> Void) -> pthread_t? {
  let box = unsafe Unmanaged.passRetained(Box(body: body))
  var thread = pthread_t()
  let status = unsafe pthread_create(
    &thread, nil,
    { box in
      if let box = unsafe box { unsafe Unmanaged<Box>.fromOpaque(box).takeRetainedValue().body() }
      return nil
    }, box.toOpaque())
  guard status == 0 else {
    unsafe box.release()
    return nil
  }
  return thread
}

/// A function that a thread takes with it.
private final class Box: Sendable {
  let body: @Sendable () -> Void

  init(body: @escaping @Sendable () -> Void) { self.body = body }
}
