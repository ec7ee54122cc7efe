/** Light or dark: the system's wish, or the person's own, which this browser remembers. */

export type Theme = 'light' | 'dark';

const KEY = 'chalkgrad-theme';
const wish = matchMedia('(prefers-color-scheme: dark)');
/** As last told: in Chromium, reading `matches` between a change and its event swallows the event. */
let systemIsDark = wish.matches;

/** The theme in force now. */
export function theme(): Theme {
  return chosen() ?? system();
}

/** Chooses a theme. Choosing the system's own follows the system again. */
export function chooseTheme(wanted: Theme): void {
  try {
    if (wanted === system()) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, wanted);
  } catch {
    // Storage may be closed to the page; then the choice lasts as long as the page.
  }
  lasting = wanted;
  apply();
}

/** Puts the theme on the document and follows the system; `changed` is called after each change. */
export function followTheme(changed: () => void): void {
  notify = changed;
  systemIsDark = wish.matches;
  wish.addEventListener('change', event => {
    systemIsDark = event.matches;
    if (stored() === undefined) lasting = undefined;
    apply();
  });
  apply();
}

let lasting: Theme | undefined;
let notify: () => void = () => {};

function apply(): void {
  const now = theme();
  document.documentElement.dataset['theme'] = now;
  const paper = getComputedStyle(document.documentElement).getPropertyValue('--paper').trim();
  for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name=theme-color]')) meta.content = paper;
  notify();
}

function chosen(): Theme | undefined {
  return lasting ?? stored();
}

function system(): Theme {
  return systemIsDark ? 'dark' : 'light';
}

function stored(): Theme | undefined {
  try {
    const value = localStorage.getItem(KEY);
    return value === 'light' || value === 'dark' ? value : undefined;
  } catch {
    return undefined;
  }
}
