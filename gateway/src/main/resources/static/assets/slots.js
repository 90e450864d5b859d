// A browser gives an address six connections over HTTP/1.1, and every event stream holds one of them. So all tabs together have
// a few streams only; a tab that gets none polls.
const MOST = 3;

/** Holds a slot while the work goes on. False if all are taken. */
export async function withSlot(work) {
  if (!navigator.locks) {
    await work();
    return true;
  }
  for (let slot = 0; slot < MOST; slot++) {
    const had = await navigator.locks.request(`stream:${slot}`, { ifAvailable: true }, async lock => {
      if (!lock) return false;
      await work();
      return true;
    });
    if (had) return true;
  }
  return false;
}
