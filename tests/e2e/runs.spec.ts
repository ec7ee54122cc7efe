/** Several runs side by side: by pointer, by keys and by touch, in their links, and where one diverges. */
import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { Board } from './board';
import { expect, test } from './test';

const FOUR = 'lesson=rates&run=gd:0.26&run=gd:0.25&run=gd:0.24&run=gd:0.1&sel=4';

/** The runs of the legend, in their order. */
const legend = (page: Page): Locator => page.getByRole('list').filter({ has: page.locator('.run') }).getByRole('listitem');
const run = (page: Page, place: number): Locator => page.getByRole('button', { name: new RegExp(`^run ${place},`) });

async function copied(board: Board): Promise<string> {
  await board.button('Copy link').click();
  await expect(board.status).toContainText('Copied');
  return board.page.evaluate(() => navigator.clipboard.readText());
}

/** All runs' losses as the table of the chart has them. */
async function losses(page: Page): Promise<string[]> {
  await page.getByRole('button', { name: /Show the numbers/ }).last().click();
  const table = page.getByRole('table', { name: 'The loss of all runs by step' });
  await expect(table).toBeVisible();
  const titles = await table.locator('td').evaluateAll(cells => cells.map(cell => cell.getAttribute('title') ?? ''));
  await page.getByRole('button', { name: /Show the picture/ }).click();
  return titles;
}

test('the first lesson opens the lecture’s four runs, and each is the lecture’s to the last digit', async ({ page }) => {
  const board = await new Board(page).open();
  await board.button('Four rates side by side').click();
  await expect(page.getByRole('heading', { name: '4 runs from x = 2' })).toBeVisible();
  await expect(legend(page)).toHaveCount(4);
  await expect(run(page, 4)).toHaveAttribute('aria-pressed', 'true');
  await expect(page).toHaveURL(/lesson=rates&run=gd:0\.26&run=gd:0\.25&run=gd:0\.24&run=gd:0\.1&sel=4&step=16/);
  const found = await losses(page);
  expect(found).toHaveLength(17 * 4);
  for (const [of, rate] of [0.26, 0.25, 0.24, 0.1].entries()) {
    let x = 2;
    for (let step = 0; step <= 16; step++, x -= rate * (8 * x)) {
      const loss = Number((found[4 * step + of] ?? '').replace('−', '-').replace(/×10(.+)/, (_, power: string) => `e${[...power].map(digit => ('⁻' === digit ? '-' : '⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(digit))).join('')}`));
      expect(Math.abs(loss / (4 * x * x) - 1), `${rate} at step ${step}`).toBeLessThan(1e-12);
    }
  }
  expect(found.filter((_, at) => at % 4 === 1).every(loss => loss === '16')).toBe(true);
});

test('a link that only names a lesson shows it as the menu does', async ({ page }) => {
  const board = await new Board(page).open('lesson=rates');
  await expect(legend(page)).toHaveCount(4);
  await page.goto('./#lesson=perceptron&lang=en');
  await expect(board.button('one operator')).toHaveAttribute('aria-pressed', 'true');
  // What was copied says exactly what it is of.
  await page.goto('./#v=1&lesson=rates&lang=en');
  await expect(page.getByRole('heading', { name: 'Four learning rates', level: 1 })).toBeVisible();
  await expect(legend(page)).toHaveCount(0);
});

test('the legend says what each run does, and the distance from the minimum has an axis of its own', async ({ page }) => {
  await new Board(page).open(`${FOUR}&step=4`);
  const words = ['climbs and diverges, ×1.08 a step', 'jumps between 2 and −2, y stays 16', 'swings and falls slowly, ×(−0.92)', 'falls below 10⁻⁶ in 6 steps'];
  for (const [at, said] of words.entries()) await expect(legend(page).nth(at)).toContainText(said);
  await page.getByRole('button', { name: '|x − x∗|' }).click();
  await expect(page).toHaveURL(/&scale=distance/);
  const found = await losses(page);
  expect(found.slice(0, 4)).toEqual(['2', '2', '2', '2']);
  expect(found.filter((_, at) => at % 4 === 1)).toEqual(['2', '2', '2', '2', '2']);
  await page.reload();
  await expect(page.getByRole('button', { name: '|x − x∗|' })).toHaveAttribute('aria-pressed', 'true');
  await page.getByRole('button', { name: '中文' }).click();
  await expect(legend(page).nth(1)).toContainText('在 2 和 −2 之间来回跳，y 始终是 16');
});

test('runs are called by their optimizers where these differ, and by rates that are not the same', async ({ page }) => {
  const board = await new Board(page).open('run=gd:0.1&run=momentum:0.009&run=nesterov:0.006&step=4');
  const labels = page.locator('.run b');
  await expect(labels).toHaveText(['GD 0.1', 'Momentum 0.009', 'Nesterov 0.006']);
  await expect(page.getByRole('button', { name: /^run 2, Momentum, η = 0\.009:/ })).toBeVisible();
  await page.getByRole('button', { name: '中文' }).click();
  await expect(labels).toHaveText(['梯度下降 0.1', '动量 0.009', 'Nesterov 0.006']);
  await page.getByRole('button', { name: 'EN', exact: true }).click();
  await board.open('run=gd:0.24999&run=gd:0.25');
  await expect(labels).toHaveText(['0.24999', '0.25']);
});

test('a run alone wears the colour of its outcome in both pictures, which are painted once more for it', async ({ page, unseen }) => {
  await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: 'light' });
  const board = await new Board(page).open();
  const has = async (ink: string): Promise<boolean[]> => Promise.all([board.curve, board.function].map(picture => picture.evaluate((canvas: HTMLCanvasElement, ink) => {
    const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
    let count = 0;
    for (let at = 0; at < pixels.length; at += 4) count += Number(`${pixels[at]} ${pixels[at + 1]} ${pixels[at + 2]}` === ink);
    return count > 10;
  }, ink)));
  await expect(board.slider).toHaveAccessibleDescription(/diverges above 0\.25/);
  // Each painting asks once for the colours of its canvas.
  await page.evaluate(() => {
    const { getComputedStyle } = window;
    window.getComputedStyle = (element, pseudo) => {
      if (element instanceof HTMLCanvasElement) Object.assign(window, { paintings: Number(Reflect.get(window, 'paintings') ?? 0) + 1 });
      return getComputedStyle.call(window, element, pseudo);
    };
  });
  const paintings = async (rate: string): Promise<number> => {
    await page.evaluate(() => Object.assign(window, { paintings: 0 }));
    await board.typeRate(rate);
    await page.waitForTimeout(600);
    return page.evaluate(() => Number(Reflect.get(window, 'paintings')));
  };
  const [asBefore, otherwise] = [await paintings('0.11'), await paintings('0.24')];
  expect(otherwise).toBeGreaterThan(asBefore);
  expect(otherwise).toBeLessThanOrEqual(asBefore + 2);
  for (const [rate, ink] of [['0.1', '11 122 102'], ['0.24', '111 108 0'], ['0.26', '176 32 58'], ['1', '176 32 58']] as const) {
    await board.open(`run=gd:${rate}&step=${rate === '1' ? 400 : 9}`);
    await expect.poll(() => has(ink), rate).toEqual([true, true]);
  }
  unseen.splice(0);
});

test('a rate of 1 leads from 2 to −14 to 98 while 0.1 comes down', async ({ page }) => {
  await new Board(page).open('lesson=too-far&run=gd:1&run=gd:0.1&step=2');
  expect((await losses(page)).slice(0, 6)).toEqual(['16', '16', '784', expect.stringMatching(/^0\.6(4|3999)/), '38416', expect.stringMatching(/^0\.025(6|5999)/)]);
  await expect(page.getByRole('table', { name: 'Iterates' })).toContainText('−14');
});

test('a link with four runs shows another browser the same', async ({ page, browser }) => {
  const board = await new Board(page).open(FOUR);
  await board.steps(3);
  await run(page, 3).click();
  await board.typeRate('0.2');
  await page.getByRole('button', { name: /^Hide: run 1/ }).click();
  await board.steps(4);
  const link = await copied(board);
  expect(link).toContain('run=gd:0.24,0.2@3&run=gd:0.1&sel=3&off=1&step=7&check=');
  const [numbers, all] = [await board.numbers(), await losses(page)];
  const context = await browser.newContext({ locale: 'en-US' });
  const other = await new Board(await context.newPage());
  await other.page.goto(link);
  await expect(other.status).toContainText('Step 7');
  await expect(legend(other.page)).toHaveCount(4);
  expect(await other.numbers()).toEqual(numbers);
  expect(await losses(other.page)).toEqual(all);
  await expect(run(other.page, 3)).toHaveAttribute('aria-pressed', 'true');
  await expect(other.page.getByRole('button', { name: /^Show: run 1/ })).toBeVisible();
  await expect(other.notices).toBeEmpty();
  await context.close();
});

test('a run is added, moved by the slider alone, duplicated, forked, removed and brought back', async ({ page }) => {
  const board = await new Board(page).open();
  await board.steps(5);
  await board.button('Add run').click();
  await expect(legend(page)).toHaveCount(2);
  await expect(run(page, 2)).toHaveAttribute('aria-pressed', 'true');
  await expect(board.rate).toHaveValue('0.2');
  await expect(board.status).toContainText('Step 5');
  // The new one has come as far as the first: 2 · (1 − 1.6)⁵.
  await expect(board.row(5)).toContainText('−0.1555');
  await board.typeRate('0.05');
  await board.steps(1);
  await expect(page).toHaveURL(/run=gd:0\.1&run=gd:0\.2,0\.05@5&sel=2&step=6/);
  await board.button('Fork at step 6').click();
  await board.typeRate('0.3');
  await expect(page).toHaveURL(/run=gd:0\.1&run=gd:0\.2,0\.05@5&run=gd:0\.2,0\.05@5,0\.3@6&sel=3/);
  await board.button('Duplicate').click();
  await expect(legend(page)).toHaveCount(4);
  await board.button('Remove').click();
  await expect(legend(page)).toHaveCount(3);
  await expect(page.getByText('A run was removed.')).toBeVisible();
  await board.button('Bring it back').click();
  await expect(legend(page)).toHaveCount(4);
  await expect(page).toHaveURL(/run=gd:0\.2,0\.05@5,0\.3@6&run=gd:0\.2,0\.05@5,0\.3@6&sel=4/);
});

test('what lies ahead of a fork is left to its original', async ({ page }) => {
  const board = await new Board(page).open();
  await board.steps(5);
  await board.typeRate('0.2');
  await board.steps(5);
  for (let back = 0; back < 7; back++) await board.button('Step back').click();
  await board.button('Add run').click();
  await run(page, 1).click();
  await board.button('Fork at step 3').click();
  await expect(page).toHaveURL(/run=gd:0\.1,0\.2@5&run=gd:[\d.]+&run=gd:0\.1&sel=3&step=3/);
});

test('a ninth run is refused plainly', async ({ page }) => {
  const board = await new Board(page).open(FOUR);
  for (let count = 5; count <= 8; count++) {
    await board.button('Add run').click();
    await expect(legend(page)).toHaveCount(count);
  }
  await board.button('Add run').click();
  await expect(page.getByText('There are 8 runs already. Remove one to add another.')).toBeVisible();
  await expect(legend(page)).toHaveCount(8);
});

test('a run that has diverged stands while the others go on', async ({ page }) => {
  const board = await new Board(page).open('run=gd:1e300&run=gd:0.1');
  await board.steps(4);
  await expect(board.status).toContainText('Stopped at step 1');
  await run(page, 2).click();
  await expect(board.status).toContainText('Step 4');
  await expect(board.row(4)).toContainText('0.0032');
  await board.steps(1);
  await expect(board.status).toContainText('Step 5');
  await run(page, 1).click();
  await expect(board.status).toContainText('Stopped at step 1');
});

test('the run at hand that is hidden gives its place to another, and the last one stays', async ({ page }) => {
  await new Board(page).open('run=gd:0.26&run=gd:0.1');
  await page.getByRole('button', { name: /^Hide: run 1/ }).click();
  await expect(run(page, 2)).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByRole('button', { name: /^Hide: run 2/ })).toBeHidden();
  await run(page, 1).click();
  await expect(page.getByRole('button', { name: /^Hide: run 1/ })).toBeVisible();
});

test('keys go from run to run, and point at a step in all pictures at once', async ({ page }) => {
  const board = await new Board(page).open(`${FOUR}&step=8`);
  await run(page, 1).focus();
  await page.keyboard.press('ArrowDown');
  await expect(run(page, 2)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(run(page, 2)).toHaveAttribute('aria-pressed', 'true');
  await page.getByRole('group', { name: /Picture/ }).last().focus();
  await page.keyboard.press('ArrowUp');
  const values = page.locator('cg-values');
  await expect(values).toContainText('step 7');
  await expect(values.locator('.value')).toHaveCount(4);
  await expect(values.locator('.value').nth(1)).toContainText('16');
  await expect(page.locator('.p-curve .pointed')).not.toHaveCount(0);
  await expect(board.row(7)).toHaveClass(/pointedrow/);
  await page.keyboard.press('Escape');
  await expect(values).toHaveCount(0);
});

test('a step under the pointer in one picture shows in the other and in the table', async ({ page }) => {
  const board = await new Board(page).open(`${FOUR}&step=8`);
  await board.pointAt(board.curve, 0.5, 0.5);
  const text = await page.locator('.p-loss cg-values').innerText();
  const step = Number(/step (\d+)/.exec(text)?.[1]);
  await expect(page.locator('.p-curve .pointed')).not.toHaveCount(0);
  await expect(board.row(step)).toHaveClass(/pointedrow/);
  await board.row(2).hover();
  await expect(page.locator('.p-loss cg-values')).toContainText('step 2');
});

test('restarting, playing to the end and going back keep all runs together', async ({ page }) => {
  const board = await new Board(page).open(FOUR);
  await board.steps(6);
  await board.button('To start').click();
  await expect(board.status).toContainText('Step 0');
  await board.button('To end').click();
  await expect(board.status).toContainText('Step 6');
  await board.button('Restart with this rate').click();
  await expect(legend(page)).toHaveCount(4);
  await board.steps(2);
  await expect(page).toHaveURL(/run=gd:0\.26&run=gd:0\.25&run=gd:0\.24&run=gd:0\.1&sel=4&step=2/);
});

test.describe('by touch', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test('every part of the legend is large enough and works', async ({ page }) => {
    await new Board(page).open(FOUR);
    await page.getByRole('navigation').getByRole('button', { name: 'Loss', exact: true }).tap();
    for (const target of await page.locator('.p-runs button:visible').all()) {
      const box = await target.boundingBox();
      expect(box?.height, await target.innerText()).toBeGreaterThanOrEqual(44);
    }
    await run(page, 2).tap();
    await expect(run(page, 2)).toHaveAttribute('aria-pressed', 'true');
    await page.getByRole('button', { name: 'Add run' }).tap();
    await expect(legend(page)).toHaveCount(5);
    const { scroll, client } = await page.locator('.board').evaluate(board => ({ scroll: board.scrollWidth, client: board.clientWidth }));
    expect(scroll).toBeLessThanOrEqual(client);
  });
});

for (const theme of ['light', 'dark'] as const) {
  for (const lang of ['en', 'zh'] as const) {
    test.describe(`${theme}, ${lang}`, () => {
      test.use({ colorScheme: theme });

      test('axe finds nothing on several runs', async ({ page }) => {
        await page.goto(`./#${FOUR}&step=8&off=2&lang=${lang}`);
        await expect(page.locator('.runs li')).toHaveCount(4);
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
      });
    });
  }
}
