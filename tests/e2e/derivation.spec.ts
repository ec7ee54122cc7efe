import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { Board } from './board';
import { pack } from './packing';
import { PERCEPTRON } from './programs';
import { expect, test } from './test';

/** The board inside a step, so many moves into it. */
async function inside(page: Page, at: number, program = PERCEPTRON): Promise<{ board: Board; step: Locator; all: Locator; paths: Locator }> {
  const board = await new Board(page).open(`p=${pack(program)}&gear=operator&at=${at}`);
  const [step, all, paths] = ['Step', 'All steps', 'Paths'].map(name => page.getByRole('region', { name, exact: true }));
  if (!step || !all || !paths) throw new Error('three names make three panels');
  await expect(step).toBeVisible();
  return { board, step, all, paths };
}

/** A formula as it is read: of fractions and raised signs what stands in them, one after the other. */
async function formula(place: Locator): Promise<string> {
  const text = await place.evaluate(element => element.textContent ?? '');
  return text.replace(/[\s\u2061-\u2064]+/g, '');
}

/** The numbers of a table of the derivation, with every digit. */
async function figures(step: Locator, at: number): Promise<number[]> {
  const titles = await step.locator('figure').nth(at).locator('td').evaluateAll(cells => cells.map(cell => cell.getAttribute('title') ?? ''));
  return titles.map(title => Number(title.replace('−', '-').replace(/×10.*/, power => `e${[...power.slice(3)].map(digit => '⁻⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(digit) - 1).join('').replace('-1', '-')}`)));
}

const FORMS = [
  { name: 'explicit', formula: '∂L∂z=∂L∂h⊙φ′(z)' },
  { name: 'chain', formula: '∂L∂z=∂L∂h⋅∂h∂z' },
  { name: 'prod', formula: '∂L∂z=prod(∂L∂h,∂h∂z)' },
  { name: 'full chain', formula: '∂L∂z=prod(∂L∂o,∂o∂h⏟∂L∂h,∂h∂z)' },
];

test('a step shows its formula in four forms, its numbers, and what it takes over', async ({ page }) => {
  const { board, step, all } = await inside(page, 8);
  await expect(step.getByRole('heading')).toHaveText('Step 4: ∂L/∂z');
  for (const form of FORMS) {
    await step.getByRole('button', { name: form.name, exact: true }).click();
    expect(await formula(step.locator('.large'))).toBe(form.formula);
    expect(await formula(all.locator('[data-step="3"] .said-in-math'))).toBe(form.formula);
  }
  // The form stays while one walks on.
  await board.steps(1);
  await expect(step.getByRole('heading')).toHaveText('Step 5: ∂L/∂W1');
  expect(await formula(step.locator('.large'))).toContain('prod(∂L∂o,∂o∂h,∂h∂z⏟∂L∂z,∂z∂W1)');
  await board.button('Step back').click();
  await step.getByRole('button', { name: 'explicit' }).click();
  await expect(step).toContainText('∂L/∂h was found in step 3, one step ago; it is not computed again from L: 15 multiplications saved.');
  await expect(step).toContainText('5×1 = 5×1 ⊙ 5×1');
  await expect(all).toContainText('60 multiplications in all. Anew from L for each of the 35 numbers: 135 in all. Path by path: 135 in all.');
});

test('the form goes into the link', async ({ page }) => {
  const { step } = await inside(page, 8);
  await step.getByRole('button', { name: 'prod', exact: true }).click();
  await expect(page).toHaveURL(/&form=prod/);
  await page.reload();
  await expect(step.getByRole('button', { name: 'prod', exact: true })).toHaveAttribute('aria-pressed', 'true');
  expect(await formula(step.locator('.large'))).toBe('∂L∂z=prod(∂L∂h,∂h∂z)');
});

test('the numbers put in are the engine’s, and their product is the gradient', async ({ page }) => {
  const { step } = await inside(page, 8);
  const [made, taken, slope] = [await figures(step, 0), await figures(step, 1), await figures(step, 2)];
  expect(made).toHaveLength(5);
  made.forEach((value, at) => expect(value).toBeCloseTo((taken[at] ?? NaN) * (slope[at] ?? NaN), 12));
  await page.getByRole('button', { name: /^z, matrix/ }).click();
  const dialog = page.getByRole('dialog');
  const cells = dialog.locator('table[data-kind=gradient] td[data-at]');
  await expect(cells).toHaveCount(5);
  const shown = await cells.evaluateAll(cells => cells.map(cell => cell.getAttribute('title')));
  expect(await step.locator('figure').first().locator('td').evaluateAll(cells => cells.map(cell => cell.getAttribute('title')))).toEqual(shown);
});

test('one step, and all of them, are copied as LaTeX', async ({ page }) => {
  const { step, all } = await inside(page, 8);
  await step.getByRole('button', { name: 'Copy as LaTeX: this step' }).click();
  await expect(step.getByRole('button', { name: 'Copied: this step' })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^\\frac\{\\partial L\}\{\\partial z\} = \\frac\{\\partial L\}\{\\partial h\} \\odot/);
  await all.getByRole('button', { name: 'Copy as LaTeX: all steps' }).click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toMatch(/^\\begin\{aligned\}\n(?:\\frac.* &= .*(?: \\\\)?\n){5}\\end\{aligned\}$/);
});

test('LaTeX can be copied by hand where the clipboard is closed', async ({ page }) => {
  await page.addInitScript(() => (navigator.clipboard.writeText = () => Promise.reject(new Error('closed'))));
  const { step } = await inside(page, 8);
  await step.getByRole('button', { name: 'Copy as LaTeX: this step' }).click();
  await expect(step.getByRole('textbox', { name: 'LaTeX: this step' })).toHaveValue(/\\frac/);
});

test('a thing that is pointed at is lit in all its places', async ({ page }) => {
  const { step, all, paths } = await inside(page, 8);
  const keys = await step.locator('.large .reused, .large [data-of^=g]').nth(1).getAttribute('data-of');
  const of = `[data-of~="${keys}"]`;
  const places = {
    formula: step.locator(`.large ${of}`),
    list: all.locator(`[data-step="3"] ${of}`),
    graph: page.locator(`svg.graph .half${of}`),
    matrix: step.locator(`figure${of}`),
    prose: step.locator(`mark${of}`),
  };
  const isLit = (place: Locator): Promise<boolean> => place.first().evaluate(element => {
    const { outlineStyle, opacity } = getComputedStyle(element);
    return element instanceof SVGElement ? opacity === '1' : outlineStyle === 'solid';
  });
  const lit = async (): Promise<boolean[]> => Promise.all(Object.values(places).map(isLit));
  for (const pointed of [places.formula, places.list, places.prose, step.locator(`figure${of} figcaption`)]) {
    await page.mouse.move(2, 2);
    expect(await lit()).toEqual([false, false, false, false, false]);
    await pointed.first().hover();
    expect(await lit()).toEqual([true, true, true, true, true]);
  }
  // The right half of a node is its gradient, and an entry is the same one everywhere.
  await page.mouse.move(2, 2);
  const box = await places.graph.boundingBox();
  if (!box) throw new Error('h shows no gradient');
  await page.mouse.move(box.x + box.width / 2, box.y + 4);
  expect(await lit()).toEqual([true, true, true, true, true]);
  const entry = step.locator(`figure${of} td[data-at="2"]`);
  await entry.hover();
  expect(await isLit(entry)).toBe(true);
  await expect(page.locator('svg.graph .entry')).toHaveCount(1);
  // By keyboard: the factors of the formula by name.
  await page.mouse.move(2, 2);
  await step.getByRole('list', { name: 'Factors of the formula' }).getByRole('button', { name: 'gradient of h, 5×1, made in step 3' }).focus();
  expect(await lit()).toEqual([true, true, true, true, true]);
  // A name in the sentence below the board lights the value.
  await page.locator('.status [data-of]').first().hover();
  expect(await isLit(page.locator('svg.graph .half.forward[data-of]').and(page.locator(`[data-of="${(keys ?? '').replace('g', 'v')}"]`)))).toBe(true);
  await paths.hover();
});

test('gradients are picked in formulas, in the list and from a node, and walked to', async ({ page }) => {
  const { board, step, all } = await inside(page, 6);
  await expect(step.getByRole('heading')).toHaveText('Step 1: ∂L/∂o');
  await all.locator('[data-step="0"]').focus();
  for (let pressed = 0; pressed < 3; pressed++) await page.keyboard.press('ArrowDown');
  await expect(step.getByRole('heading')).toHaveText('Step 4: ∂L/∂z');
  await expect(all.locator('[aria-current=step]')).toBeFocused();
  await expect(step.locator('figure')).toHaveCount(0);
  await expect(step).toContainText('∂L/∂h comes from step 3, one step ago; it will not be computed again from L: 15 multiplications saved.');
  await step.locator('.large .reused').click();
  await expect(step.getByRole('heading')).toHaveText('Step 3: ∂L/∂h');
  await step.getByRole('button', { name: 'Walk to step 3' }).click();
  await expect(board.status).toContainText('∂L/∂h = W2ᵀ ∂L/∂o');
  await all.locator('[data-step="2"]').click();
  await expect(step.locator('figure')).toHaveCount(3);
  await page.getByRole('button', { name: /^x, matrix/ }).click();
  await page.getByRole('button', { name: 'Why this gradient?' }).click();
  await expect(step.getByRole('heading')).toHaveText('Gradient: ∂L/∂x');
  await step.getByRole('button', { name: 'Walk there' }).click();
  await expect(board.status).toContainText('∂L/∂x = W1ᵀ ∂L/∂z');
  await step.getByRole('combobox').selectOption('∂L/∂y');
  await expect(step.getByRole('heading')).toHaveText('Gradient: ∂L/∂y');
  // A value opens its node.
  await step.getByRole('combobox').selectOption('∂L/∂W₁');
  await step.locator('.large [data-of~=v0], .large [data-of*=" v"]').first().click();
  await expect(page.getByRole('dialog')).toContainText('4×1');
});

test('each path is lit along the graph, and the terms add up to the gradient', async ({ page }) => {
  const { step, paths } = await inside(page, 12, 'param x = 3\na = x^2\nb = 2x\ny = a * b + x');
  await step.getByRole('combobox').selectOption('∂y/∂x');
  await expect(step.locator('.sum')).toHaveText('1 + 18 + 36 = 55');
  await expect(paths.getByRole('heading')).toHaveText('Paths from y to x: 3');
  await expect(paths).toContainText('36 + 18 + 1 = 55');
  await expect(paths).toContainText('✓ The terms add up to ∂y/∂x');
  const lanes = page.locator('svg.graph .lane');
  const lit = (): Promise<number> => lanes.evaluateAll(all => all.filter(each => getComputedStyle(each).strokeWidth === '5px').length);
  expect(await lit()).toBe(0);
  const counts: number[] = [];
  for (const path of await paths.getByRole('listitem').all()) {
    await path.getByRole('button').focus();
    counts.push(await lit());
  }
  expect(counts.toSorted()).toEqual([2, 6, 6]);
  await paths.getByRole('button', { name: 'Each in turn' }).click();
  await expect(paths.getByRole('listitem').nth(1).getByRole('button')).toHaveAttribute('aria-pressed', 'true');
  await expect(paths.getByRole('button', { name: 'Each in turn' })).toBeVisible({ timeout: 5000 });
  expect(await lit()).toBe(0);
});

test('paths that nobody lists are counted', async ({ page }) => {
  const { paths } = await inside(page, 1, `param x = 1\n${'x = x + x\n'.repeat(20)}`.replace('x = x + x', 'y = x + x').replaceAll('\nx = x + x', '\ny = y + y'));
  await page.getByRole('region', { name: 'Step', exact: true }).getByRole('combobox').selectOption('∂y/∂x');
  await expect(paths).toContainText('1,048,576 paths; the first 64 are listed.');
  await expect(paths.getByRole('listitem')).toHaveCount(64);
});

test('terms that take long are worked out when somebody wants them', async ({ page }) => {
  const { step, paths } = await inside(page, 99, 'seed 1\nparam A = normal(120, 120)\nb = A @ A\nc = b @ A\ny = mean(c^2)');
  await step.getByRole('combobox').selectOption('∂y/∂A');
  await expect(paths.getByRole('heading')).toHaveText('Paths from y to A: 3');
  await expect(paths.locator('.termvalue')).toHaveCount(0);
  await paths.getByRole('button', { name: 'Work out the terms' }).click();
  await expect(paths.locator('.termvalue')).toHaveCount(3);
  await expect(paths).toContainText('✓ The terms add up to ∂y/∂A, in every entry.');
  await expect(paths.getByRole('button', { name: 'Work out the terms' })).toHaveCount(0);
});

test('paths that are lit in turn stop where others take their place', async ({ page }) => {
  await new Board(page).open('lesson=doubling&gear=operator&at=41');
  const paths = page.getByRole('region', { name: 'Paths', exact: true });
  const slider = page.getByRole('slider', { name: 'doublings' });
  await slider.fill('3');
  await page.getByRole('region', { name: 'Step', exact: true }).getByRole('combobox').selectOption({ label: '∂s/∂x' });
  await expect(paths.getByRole('listitem')).toHaveCount(8);
  await paths.getByRole('button', { name: 'Each in turn' }).click();
  await slider.fill('2');
  await expect(paths.getByRole('button', { name: 'Stop' })).toHaveCount(0);
});

/** The formulas of these rows, as far as the row is wide, and the height that is not seen of each. */
const cutOf = (rows: Locator): Promise<{ isWider: boolean; below: number; isFaded: boolean }[]> =>
  rows.locator('.said-in-math').evaluateAll(all => all.map(each => ({ isWider: each.scrollWidth > each.clientWidth + 1, below: each.scrollHeight - each.clientHeight, isFaded: each.hasAttribute('data-cut') })));

for (const [width, height] of [[1280, 800], [1024, 768]] as const) {
  test(`formulas inside a step go on in another line, ${width} wide`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await new Board(page).open('lesson=shared-weight&gear=operator&at=16');
    const [all, paths] = [page.getByRole('region', { name: 'All steps', exact: true }), page.getByRole('region', { name: 'Paths', exact: true })];
    await page.getByRole('region', { name: 'Step', exact: true }).getByRole('combobox').selectOption({ label: '∂L/∂W₁' });
    await expect(all.locator('.shapes').nth(2)).toBeVisible();
    const way = paths.getByRole('listitem').first();
    await way.getByRole('button').click();
    await expect(way).toHaveClass(/open/);
    for (const row of [...await cutOf(all.getByRole('listitem')), ...await cutOf(way)]) {
      expect(row.isWider).toBe(false);
      expect(row.isFaded).toBe(false);
    }
  });
}

test('of a long product as much is seen as tells it from the others, and all of the one that is chosen', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await new Board(page).open('lesson=doubling&gear=operator&at=41');
  const paths = page.getByRole('region', { name: 'Paths', exact: true });
  await page.getByRole('region', { name: 'Step', exact: true }).getByRole('combobox').selectOption({ label: '∂s/∂x' });
  const rows = paths.getByRole('listitem');
  await expect(rows).toHaveCount(64);
  const [first, second] = [await formula(rows.nth(0).locator('.said-in-math')), await formula(rows.nth(1).locator('.said-in-math'))];
  expect(first).toMatch(/^⋯/);
  expect(first).not.toBe(second);
  for (let at = 0; at < 4; at++) await paths.getByRole('button', { name: 'Next path' }).click();
  await expect(rows.nth(3)).toHaveClass(/open/);
  await expect(rows.nth(3)).toBeInViewport();
  expect((await cutOf(rows.nth(3)))[0]?.isFaded).toBe(false);
  expect(await formula(rows.nth(3).locator('.said-in-math'))).not.toMatch(/^⋯/);
});

test('an entry is picked by mouse and by keyboard', async ({ page }) => {
  const { step, paths } = await inside(page, 8);
  await expect(paths).toContainText('row 5, column 1, the largest');
  await step.locator('figure').first().locator('td').nth(2).click();
  await expect(paths).toContainText('Entry in row 3, column 1.');
  await expect(step.locator('td.picked')).toHaveCount(3);
  await step.getByRole('group', { name: /^∂L\/∂z, row 3/ }).press('ArrowUp');
  await expect(paths).toContainText('Entry in row 2, column 1.');
  await expect(step.getByRole('group', { name: /^∂L\/∂z, row 2, column 1: / })).toBeVisible();
});

test('behind Σ a whole row belongs to the entry that is picked', async ({ page }) => {
  const { step } = await inside(page, 99, 'data X = [1, 2, 3; 4, 5, 6]\nparam W = [0.1, 0.2; 0.3, 0.4]\nparam b = [0.5; 0.6]\nz = W @ X + b\nL = sum(z^2)');
  await step.getByRole('combobox').selectOption('∂L/∂b');
  expect(await formula(step.locator('.figures'))).toContain('Σ');
  await step.locator('figure').first().locator('td').nth(1).click();
  const picked = step.locator('figure').nth(1).locator('td.picked');
  expect(await picked.evaluateAll(cells => cells.map(cell => cell.getAttribute('data-at')))).toEqual(['3', '4', '5']);
});

test('marks go with the walk', async ({ page }) => {
  const board = await new Board(page).open('lesson=perceptron&gear=operator&at=8');
  const step = page.getByRole('region', { name: 'Step', exact: true });
  await step.getByRole('combobox').selectOption('∂L/∂z');
  const pens = (): Promise<number> => page.locator('.prose [data-of]').evaluateAll(all => all.filter(each => getComputedStyle(each).boxShadow !== 'none').length);
  expect(await pens()).toBeGreaterThan(0);
  // The gear goes back where no move was made yet.
  await page.getByRole('button', { name: 'To start' }).click();
  await board.button('a whole update').click();
  await expect(step).toHaveCount(0);
  expect(await pens()).toBe(0);
});

test('what is pointed at is lit in a lesson before anybody went inside', async ({ page }) => {
  await new Board(page).open('v=1&lesson=chain-rule');
  const [first, second] = [page.locator('.prose [data-of=v0]').first(), page.locator('.prose [data-of=v0]').last()];
  await first.hover();
  for (const each of [first, second]) await expect(each).toHaveCSS('outline-style', 'solid');
});

test('the mathematics font comes when it is needed, and not before', async ({ page }) => {
  const board = await new Board(page).open();
  const fonts = (): Promise<string[]> => page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name).filter(name => name.endsWith('.woff2')));
  expect(await fonts()).toEqual([]);
  await board.button('one operator').click();
  await expect.poll(fonts).toHaveLength(1);
  expect(await page.evaluate(async () => (await document.fonts.ready).check('16px "STIX Two Math"'))).toBe(true);
});

test('a phone has a tab for each panel, and comes back to the graph', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`./#p=${pack(PERCEPTRON)}&gear=operator&at=8`);
  const tabs = page.getByRole('navigation', { name: 'Panels' }).getByRole('button');
  await expect(tabs).toHaveText(['Lesson', 'Graph', 'Step', 'All steps', 'Paths']);
  for (const name of ['Step', 'All steps', 'Paths']) {
    await tabs.filter({ hasText: new RegExp(`^${name}$`) }).click();
    await expect(page.getByRole('region', { name, exact: true })).toBeVisible();
    await expect(page.getByRole('group', { name: /^Computation graph/ })).toBeHidden();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  }
  await page.getByRole('button', { name: 'a whole update' }).click();
  await expect(tabs).toHaveText(['Lesson', 'Graph', 'Loss', 'Table']);
  await expect(page.getByRole('group', { name: /^Computation graph/ })).toBeVisible();
});

test('it speaks Chinese', async ({ page }) => {
  await page.goto(`./#p=${pack(PERCEPTRON)}&gear=operator&at=8&lang=zh`);
  const step = page.getByRole('region', { name: '这一步', exact: true });
  await expect(step).toContainText('∂L/∂h 已在第 3 步求得，就在上一步，不必从 L 重新计算：省去 15 次乘法。');
  await expect(page.getByRole('region', { name: '全部步骤' })).toContainText('共 60 次乘法。35 个数都从 L 重算，合计 135。逐条通路，合计 135。');
  await expect(page.getByRole('region', { name: '通路' })).toContainText('从 L 到 z 的通路：1');
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [1280, 390]) {
    test.describe(`${colorScheme}, ${width}`, () => {
      test.use({ colorScheme, viewport: { width, height: 800 } });
      test('axe finds nothing inside a step, with things lit', async ({ page }) => {
        await page.goto(`./#p=${pack(PERCEPTRON)}&gear=operator&at=8`);
        const panels = width > 760 ? ['Graph'] : ['Step', 'All steps', 'Paths'];
        for (const panel of panels) {
          if (width <= 760) await page.getByRole('navigation').getByRole('button', { name: panel, exact: true }).click();
          await expect(page.getByRole('region', { name: panel, exact: true })).toBeVisible();
          const lit = page.locator('[data-of]:visible:not(svg *)').first();
          if ((await lit.count()) > 0) await lit.hover();
          expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
        }
      });
    });
  }
}
