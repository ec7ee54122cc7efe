import { Board } from './board';
import { expect, test } from './test';

/** Lets the engine trap once, as a panic does, when it is next to make an update after F9. */
function breakOnce(): void {
  const Instance = WebAssembly.Instance;
  let isDue = false;
  const breaking = function (module: WebAssembly.Module, imports?: WebAssembly.Imports): object {
    const exports = { ...new Instance(module, imports).exports } as Record<string, unknown>;
    for (const [name, made] of Object.entries(exports)) {
      if (typeof made !== 'function') continue;
      exports[name] = (...given: unknown[]): unknown => {
        // The exports have no names of their own; the page's way to them has.
        if (isDue && /\badvance\b/.test(new Error().stack ?? '')) {
          isDue = false;
          throw new WebAssembly.RuntimeError('unreachable');
        }
        return (made as (...given: unknown[]) => unknown)(...given);
      };
    }
    const instance: unknown = Object.create(Instance.prototype, { exports: { value: exports } });
    return instance as object;
  };
  breaking.prototype = Instance.prototype;
  Object.assign(WebAssembly, { Instance: breaking });
  addEventListener('keydown', event => {
    if (event.key === 'F9') isDue = true;
  });
}

test('a breakdown of the engine is told and survived, with the numbers as before', async ({ page }) => {
  await page.addInitScript(breakOnce);
  const board = await new Board(page).open();
  await board.typeRate('0.24');
  await board.steps(3);
  await board.typeRate('0.05');
  await board.steps(2);
  const numbers = await board.numbers();
  await page.keyboard.press('F9');
  await board.steps(1);
  await expect(page.getByRole('region', { name: 'Notices' })).toContainText('The engine broke down (unreachable)');
  expect(await board.numbers()).toEqual(numbers);
  await board.steps(1);
  expect(await board.step()).toBe(6);
});

test('a breakdown while it plays stops there, and it plays on', async ({ page }) => {
  await page.addInitScript(breakOnce);
  const board = await new Board(page).open();
  await page.getByRole('combobox', { name: 'Speed' }).selectOption('20×');
  await board.button('Play').click();
  await expect.poll(() => board.step()).toBeGreaterThan(3);
  await page.keyboard.press('F9');
  await expect(page.getByRole('region', { name: 'Notices' })).toContainText('broke down');
  await expect(board.button('Play')).toBeVisible();
  const step = await board.step();
  expect(step).toBeGreaterThan(3);
  await board.button('Play').click();
  await expect.poll(() => board.step()).toBeGreaterThan(step + 3);
});
