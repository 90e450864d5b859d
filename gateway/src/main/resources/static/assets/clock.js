// Time as the server has it: a wrong clock in the browser must not open a sale early.
let offset = 0;
let best = Infinity;

/** Learns the server's time from an answer; the quickest answer so far is the most exact. */
export function learn(serverTime, sentAt, receivedAt) {
  const took = receivedAt - sentAt;
  if (!Number.isFinite(serverTime) || took > best) return;
  best = took;
  offset = serverTime - (sentAt + receivedAt) / 2;
}

export const now = () => Date.now() + offset;

/** "1 d 02:03:04" or "02:03"; never less than nothing. */
export function left(until) {
  const seconds = Math.max(0, Math.ceil((until - now()) / 1000));
  const two = n => String(n).padStart(2, '0');
  const days = Math.floor(seconds / 86400);
  const hours = Math.floor(seconds / 3600) % 24;
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return `${days ? `${days} d ` : ''}${days || hours ? `${two(hours)}:` : ''}${rest}`;
}
