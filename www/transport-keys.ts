/** The transport's keys, wherever the focus is, unless what has it uses the key itself. */
import type { Session } from './session';
import { actionOf, type Focus } from './rules/keys';

export function listenForKeys(session: Session): void {
  addEventListener('keydown', event => {
    if (event.defaultPrevented || event.isComposing || document.querySelector('dialog[open]')) return;
    const modified = event.altKey || event.ctrlKey || event.metaKey;
    const action = actionOf({ key: event.key, modified, focus: focusOf(event.target) });
    if (!action) return;
    event.preventDefault();
    // Holding Space must not flicker between playing and not.
    if (event.repeat && action === 'playOrPause') return;
    // Shift takes the other gear once.
    const gear = event.shiftKey === (session.gear === 'operator') ? 'update' : 'operator';
    if (action === 'playOrPause' || action === 'restart') session[action]();
    else session[action](gear);
  });
}

function focusOf(target: EventTarget | null): Focus {
  if (target instanceof HTMLInputElement) return target.type === 'range' ? 'slider' : 'text';
  if (target instanceof HTMLTextAreaElement) return 'text';
  if (target instanceof HTMLSelectElement) return 'choice';
  if (target instanceof HTMLButtonElement || target instanceof HTMLAnchorElement) return 'button';
  if (target instanceof HTMLElement && target.isContentEditable) return 'text';
  if (target instanceof HTMLElement && target.classList.contains('scroller')) return 'scroller';
  return 'page';
}
