// Time as the server has it: a wrong clock in the computer must not open a sale early or late.
//
// The base is the monotonic clock, which is never set. The offset lies between two bounds that each
// answer narrows.
import { messages } from './messages.js';

/** HTTP's Date has full seconds. */
const RESOLUTION_MS = 1000;
const TOO_SLOW_MS = 5000;
const AGREE_MS = 2500;
const SEPARATE_MS = 1000;
/** Messages carry a replica's own time, which counts only after this time without an answer. */
const FRESH_MS = 60_000;

let low = -Infinity;
let high = Infinity;
let doubt = null;
let answeredAt = -Infinity;

const monotonic = () => performance.now();

/**
 * Learns from an answer with a time, made between two moments of the monotonic clock. Not for
 * answers from a cache.
 */
export function learnFromAnswer(serverTime, sentAt, receivedAt) {
  if (!Number.isFinite(serverTime) || receivedAt - sentAt > TOO_SLOW_MS) return;
  answeredAt = receivedAt;
  narrow(serverTime - receivedAt, serverTime + RESOLUTION_MS - sentAt, receivedAt);
}

/**
 * Learns from a message made at this time or later: it may have waited, but it does not come from
 * the future.
 */
export function learnFromMessage(serverTime) {
  if (!Number.isFinite(serverTime) || monotonic() - answeredAt < FRESH_MS) return;
  const atLeast = serverTime - monotonic();
  if (atLeast > high) high = Infinity;
  low = Math.max(low, atLeast);
}

function narrow(from, to, at) {
  if (from <= high && to >= low) {
    low = Math.max(low, from);
    high = Math.min(high, to);
    doubt = null;
  } else if (from > high || isConfirmed(from, at)) {
    // the computer slept, or its clock ran on
    low = from;
    high = to;
    doubt = null;
  }
}

/**
 * An answer that is too old is stale, or the computer's own clock has jumped ahead: then the next
 * answer agrees with it.
 */
function isConfirmed(from, at) {
  if (doubt && Math.abs(doubt.from - from) < AGREE_MS && at - doubt.at >= SEPARATE_MS) return true;
  if (!doubt || Math.abs(doubt.from - from) >= AGREE_MS) doubt = { from, at };
  return false;
}

function offset() {
  if (low === -Infinity) return Date.now() - monotonic();
  return high === Infinity ? low : (low + high) / 2;
}

export const now = () => monotonic() + offset();

/** "1 d 02:03:04" or "02:03"; never less than nothing. */
export function left(until) {
  const seconds = Math.max(0, Math.ceil((until - now()) / 1000));
  const two = n => String(n).padStart(2, '0');
  const days = Math.floor(seconds / 86400);
  const hours = Math.floor(seconds / 3600) % 24;
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return `${days ? messages.days(days) : ''}${days || hours ? `${two(hours)}:` : ''}${rest}`;
}
