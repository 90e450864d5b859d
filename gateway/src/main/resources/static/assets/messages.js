// The words of the shop in the visitor's language: the chosen one, else the browser's, else English. Only its file is
// loaded. A further language is one more file of words/ and one more line here.
export const LANGUAGES = { en: 'English', de: 'Deutsch' };
const CHOSEN = 'language';

const known = tag => Object.keys(LANGUAGES).find(language => tag?.toLowerCase().split('-')[0] === language);

export const language = known(localStorage.getItem(CHOSEN)) ?? navigator.languages.map(known).find(Boolean) ?? 'en';

/** With the visitor's region where the browser names it, for numbers and dates: en-GB, de-AT. */
export const locale = navigator.languages.find(tag => known(tag) === language) ?? language;

/** Keeps the choice in this browser, also over a sign-out, and shows the page in it. */
export function choose(chosen) {
  localStorage.setItem(CHOSEN, chosen);
  location.reload();
}

document.documentElement.lang = language;
export const { messages } = await import(`./words/${language}.js`);
