import { messages } from './messages.js';
import { $, announce, button, notify } from './page.js';
import { finishSignIn, signIn } from './session.js';
import { say } from './text.js';

announce(messages.signIn.wait);
try {
  location.replace(await finishSignIn(() => announce(messages.signIn.busy)));
} catch (failure) {
  announce('');
  notify(failure.message);
  const again = () => signIn(failure.returnTo ?? '/').catch(busy => notify(say(busy)));
  $('actions').prepend(button(messages.shop.signIn, again, 'primary'), ' ');
}
