/** Which key does what, and when a focused control keeps its keys for itself. No DOM. */

/** The verbs of the transport that have a key. */
export type Action = 'playOrPause' | 'step' | 'stepBack' | 'toStart' | 'toEnd' | 'restart';

const ACTIONS: Readonly<Record<string, Action>> = {
  ' ': 'playOrPause',
  ArrowRight: 'step',
  ArrowLeft: 'stepBack',
  Home: 'toStart',
  End: 'toEnd',
  r: 'restart',
};

/** What has the focus, as far as keys are concerned. */
export type Focus = 'page' | 'text' | 'choice' | 'slider' | 'button' | 'scroller';

/** The keys that a control uses itself; "all" where anything may be typed. */
const OWN_KEYS: Readonly<Record<Focus, readonly string[] | 'all'>> = {
  page: [],
  text: 'all',
  choice: 'all',
  slider: ['ArrowRight', 'ArrowLeft', 'Home', 'End'],
  button: [' '],
  scroller: [' ', 'Home', 'End'],
};

/** A key press, reduced to what the rule looks at. */
export interface Press {
  readonly key: string;
  readonly modified: boolean;
  readonly focus: Focus;
}

/** The action of a key press, or nothing where the focused control or the browser should have it. */
export function actionOf(press: Press): Action | undefined {
  if (press.modified) return undefined;
  const own = OWN_KEYS[press.focus];
  if (own === 'all' || own.includes(press.key)) return undefined;
  return ACTIONS[press.key];
}
