import { messages } from './messages.js';
import { $, announce, button, notify } from './page.js';
import { finishSignIn, signIn } from './session.js';
import { say } from './text.js';

const RETRIED = 'session:retried';
const ONCE_IN_MS = 60_000;

/** One fresh sign-in by itself, not a circle of them. */
function mayTryAfresh() {
  const isFirst = Date.now() - Number(sessionStorage.getItem(RETRIED) ?? 0) > ONCE_IN_MS;
  sessionStorage.setItem(RETRIED, String(Date.now()));
  return isFirst;
}

announce(messages.signIn.wait);
try {
  location.replace(await finishSignIn(() => announce(messages.signIn.busy)));
} catch (failure) {
  announce('');
  notify(failure.message);
  const again = () => signIn(failure.returnTo ?? '/').catch(busy => notify(say(busy)));
  if (failure.canBeginAnew && mayTryAfresh()) again();
  $('actions').prepend(button(messages.shop.signIn, again, 'primary'), ' ');
}
