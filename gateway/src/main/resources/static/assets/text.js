// Numbers, times and refusals as people read them; the words are in messages.js.
import { messages } from './messages.js';

export const money = ({ amount, currency }) =>
  new Intl.NumberFormat(undefined, { style: 'currency', currency }).format(amount);
export const count = n => new Intl.NumberFormat().format(n);
export const time = instant =>
  new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(instant));

/** A refusal in the shop's words; the server's field "detail" is the last resort. */
export const say = failure =>
  messages.refusal[failure.code] ?? (failure.status || failure.code ? failure.message || messages.refusal.UNKNOWN : messages.refusal.UNKNOWN);

/** About how long until one's turn: a range, since an exact time would be a guess. */
export function estimate(ahead, perMinute) {
  if (!perMinute) return messages.estimate.unknown;
  const minutes = ahead / perMinute;
  const range = messages.estimate.ranges.find(([most]) => minutes <= most);
  return messages.estimate.about(range ? range[1] : messages.estimate.longest);
}

/** Milliseconds of an ISO 8601 duration such as PT1M30S or PT0.5S. */
export function milliseconds(duration) {
  const [, hours = 0, minutes = 0, seconds = 0] = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?$/.exec(duration ?? '') ?? [];
  return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
}
