// What all pages share: header, footer, and building elements without any HTML in strings.
import { accessToken, forget, signIn } from './session.js';

export const $ = id => document.getElementById(id);

export function element(tag, properties = {}, ...children) {
  const { dataset, ...rest } = properties;
  const node = Object.assign(document.createElement(tag), rest);
  Object.assign(node.dataset, dataset);
  node.append(...children);
  return node;
}

/** Says it to everybody, also to those who listen; the same words are not said twice. */
export function announce(text, bad = false) {
  const status = $('status');
  if (status.textContent !== text) status.textContent = text;
  status.classList.toggle('bad', bad);
}

/** The part of the address that names what is shown. */
export const idInPath = () => decodeURIComponent(location.pathname.split('/')[2] ?? '');

export function badge(text, kind = '') {
  return element('span', { className: `badge ${kind}`.trim() }, text);
}

const person = accessToken()
  ? element('button', { type: 'button', className: 'quiet', onclick: () => { forget(); location.assign('/'); } }, 'Sign out')
  : element('button', { type: 'button', className: 'quiet', onclick: () => signIn(location.pathname === '/callback.html' ? '/' : undefined) }, 'Sign in');
$('header').append(
  element('a', { href: '/', className: 'brand' }, element('img', { src: '/favicon.svg', alt: '' }), 'Flash Sale'),
  element('a', { href: '/orders' }, 'My orders'),
  person,
);
$('footer').append('A demonstration. The cards are test cards, and nothing is ever shipped. ', element('a', { href: '/docs' }, 'API documents'));
