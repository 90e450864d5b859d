// Numbers, times and refusals as people read them; the words are in words/.
import { locale, messages } from './messages.js';

export const money = ({ amount, currency }) =>
  new Intl.NumberFormat(locale, { style: 'currency', currency }).format(amount);
export const count = n => new Intl.NumberFormat(locale).format(n);
export const time = instant =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(instant));
export const secondsAgo = seconds => new Intl.RelativeTimeFormat(locale).format(-seconds, 'second');

const amountOf = unit => new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' });

/** "30 seconds", "2 minutes". */
export const duration = seconds =>
  seconds < 120 ? amountOf('second').format(seconds) : amountOf('minute').format(Math.round(seconds / 60));

/** A refusal in the shop's words; the server's field "detail" is the last resort. */
export const say = failure =>
  messages.refusal[failure.code] ?? (failure.status || failure.code ? failure.message || messages.refusal.UNKNOWN : messages.refusal.UNKNOWN);

const MINUTES = [1, 2, 5, 10, 20, 40, 60];

/** About how long until one's turn: a range, since an exact time would be a guess. */
export function estimate(ahead, perMinute) {
  if (!perMinute) return messages.estimate.unknown;
  const most = MINUTES.findIndex(bound => ahead / perMinute <= bound);
  if (most < 0) return messages.estimate.long;
  if (most === 0) return messages.estimate.short;
  return messages.estimate.about(amountOf('minute').formatRange(MINUTES[most - 1], MINUTES[most]));
}

/** Milliseconds of an ISO 8601 duration such as PT1M30S or PT0.5S. */
export function milliseconds(iso) {
  const [, hours = 0, minutes = 0, seconds = 0] = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?$/.exec(iso ?? '') ?? [];
  return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
}
