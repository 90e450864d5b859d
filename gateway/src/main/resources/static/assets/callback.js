import { announce } from './page.js';
import { finishSignIn } from './session.js';

try {
  location.replace(await finishSignIn());
} catch (failure) {
  announce(failure.message, true);
}
