// Common parts of all pages: words, header, footer, notices, and building elements without any HTML
// in strings.
import { LANGUAGES, choose, language, messages } from './messages.js';
import { customer, forget, hasEnded, onSession, signIn, signOut, wantsToSignIn } from './session.js';
import { say } from './text.js';

export const $ = id => document.getElementById(id);

export function element(tag, properties = {}, ...children) {
  const { dataset, ...rest } = properties;
  const node = Object.assign(document.createElement(tag), rest);
  Object.assign(node.dataset, dataset);
  node.append(...children);
  return node;
}

/** Changes a text only if it differs: screen readers and selections stay undisturbed. */
export function setText(node, text) {
  if (node && node.textContent !== text) node.textContent = text;
}

/** Announces a change that the customer did not cause, politely. */
export const announce = text => setText($('status'), text);

/** Shows and speaks a refusal. It stays until the customer does something else: see clearNotice(). */
export function notify(text, ...more) {
  const notice = $('notice');
  if (notice.textContent === text && !more.length) return;
  notice.replaceChildren(element('span', {}, text), ...more);
}

export const clearNotice = () => $('notice').replaceChildren();

/** The part of the address that names the sale or order of the page. */
export function idInPath() {
  const part = location.pathname.split('/')[2] ?? '';
  try {
    return encodeURIComponent(decodeURIComponent(part));
  } catch (malformed) {
    return encodeURIComponent(part);
  }
}

export const badge = (text, kind = '') => element('span', { className: `badge ${kind}`.trim() }, text);

export const button = (text, onclick, className = '') => element('button', { type: 'button', className, onclick }, text);

function word(path) {
  const found = path.split('.').reduce((at, part) => at?.[part], messages);
  if (typeof found !== 'string') throw new Error(`There is no text ${path}.`);
  return found;
}

/** Text between backticks is code. */
const withCode = text => text.split('`').map((part, index) => index % 2 ? element('code', {}, part) : part);

/** The words of a page stand in words/ only: data-message="home.heading". */
function fillWords() {
  for (const node of document.querySelectorAll('[data-message]')) node.replaceChildren(...withCode(word(node.dataset.message)));
  for (const node of document.querySelectorAll('[data-label]')) node.ariaLabel = word(node.dataset.label);
  setTitle(word(document.documentElement.dataset.title));
}

export function setTitle(text) {
  const title = text === messages.shop.name ? text : `${text} · ${messages.shop.name}`;
  if (document.title !== title) document.title = title;
}

/** Leaves for the sign-in page, or shows why it cannot. */
const goToSignIn = returnTo => signIn(returnTo).catch(failure => notify(say(failure)));

let leaving = false;

async function leave() {
  if (leaving) return;
  leaving = true;
  setText($('person'), messages.shop.signingOut);
  if (await signOut()) return;
  leaving = false;
  showPerson();
  notify(messages.shop.signOutFailed, button(messages.shop.tryAgain, leave, 'quiet'));
}

function showPerson() {
  const here = customer() && !hasEnded();
  setText($('person'), here ? messages.shop.signOut : messages.shop.signIn);
  $('person').onclick = here ? leave : () => goToSignIn(location.pathname.startsWith('/callback') ? '/' : undefined);
}

/** Asks for a new sign-in where the old one has ended, and lets the customer choose when to leave the page. */
export const askToSignIn = (text = messages.shop.signInAgain) =>
  notify(text, button(messages.shop.signIn, () => goToSignIn(), 'quiet'));

// the sign-in service sends the browser here after a sign-out that it has asked about
if (new URLSearchParams(location.search).has('signed-out')) {
  forget();
  history.replaceState(null, '', location.pathname);
}

/** One button for each other language, named in that language. */
const languages = () => Object.entries(LANGUAGES).filter(([name]) => name !== language).map(([name, text]) =>
  Object.assign(button(text, () => choose(name), 'quiet'), { id: `language-${name}`, lang: name }));

$('header').append(
  element('a', { href: '#main', className: 'skip' }, messages.shop.toContent),
  element('a', { href: '/', className: 'brand' }, element('img', { src: '/favicon.svg', alt: '' }), messages.shop.name),
  ...languages(),
  element('nav', { ariaLabel: messages.shop.name }, element('a', { href: '/orders' }, messages.shop.myOrders), Object.assign(button('', null, 'quiet'), { id: 'person' })),
);
$('footer').append(`${messages.shop.footer} `, element('a', { href: '/docs' }, messages.shop.apiDocuments));
fillWords();
showPerson();

const whose = customer();
onSession(now => {
  if (leaving) return;
  showPerson();
  if (hasEnded()) askToSignIn();
  // another customer, or none: nothing of the last customer stays on the screen
  else if (whose !== now && document.body.dataset.personal !== undefined) location.reload();
  else if ($('notice').textContent.startsWith(messages.shop.signInAgain)) clearNotice();
});

let trouble = '';

/** A line on top while there is no connection; empty when there is one again. */
export function connection(text) {
  trouble = text;
  const said = navigator.onLine ? trouble : messages.shop.offline;
  setText($('connection'), said);
  $('connection').hidden = !said;
}
addEventListener('online', () => connection(trouble));
addEventListener('offline', () => connection(trouble));
connection('');

if (wantsToSignIn()) {
  history.replaceState(null, '', location.pathname + location.search);
  if (!customer()) goToSignIn();
}
