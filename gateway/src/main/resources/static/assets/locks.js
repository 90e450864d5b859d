// One tab at a time, by Web Locks. A browser without them (an insecure address) has each tab on its own.

export const exclusively = (name, work) => navigator.locks ? navigator.locks.request(name, work) : work();

/** Does the work unless another tab is doing it. */
export const unlessBusy = (name, work) => navigator.locks
  ? navigator.locks.request(name, { ifAvailable: true }, lock => lock ? work() : undefined)
  : work();

/** Waits until this tab is the one that leads, then holds that until the signal aborts. */
export async function lead(name, signal, work) {
  if (!navigator.locks) return work();
  try {
    await navigator.locks.request(name, { signal }, work);
  } catch (failure) {
    if (failure.name !== 'AbortError') throw failure;
  }
}
