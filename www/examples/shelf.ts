/** What is fetched with the first lesson that is not the first, or with the first program of one's own. */
import type { Session } from '../session';
import '../shared';
// The graph asks for it when it is drawn: then it is here.
import '../components/folding';
// What is pointed at in the column is lit in its other places.
import '../lantern';
import type { Example } from './example';
import { EXAMPLES } from './list';

export { Column } from '../components/column';
export { Menu } from '../components/menu';

/** The keys of all lessons, in their order. */
export const KEYS: readonly string[] = ['learning-rate', ...EXAMPLES.map(({ key }) => key)];

export function exampleOf(key: string): Example | undefined {
  return EXAMPLES.find(example => example.key === key);
}

/** The place of a lesson among all, from 1; 0 for the key of the first, which every program of one's own has as well. */
export function placeOf(key: string): number {
  return exampleOf(key) ? KEYS.indexOf(key) + 1 : 0;
}

export function titleOf(session: Session, key: string): string {
  return exampleOf(key)?.title[session.language] ?? session.say('lesson.title');
}

const linesOf = (program: string): string[] => program.split(/\r?\n/).map(line => line.replace(/#.*|\s/g, '')).filter(line => line !== '');

/** Whether a program is a lesson's own, edited: it still has most of its lines. */
export function isVersion(program: string, key: string): boolean {
  const own = linesOf(exampleOf(key)?.program ?? '');
  const lines = new Set(linesOf(program));
  return own.length > 0 && own.filter(line => lines.has(line)).length * 2 >= own.length;
}
