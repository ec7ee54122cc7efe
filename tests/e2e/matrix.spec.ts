import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { Board } from './board';
import { pack } from './packing';
import { PERCEPTRON } from './programs';
import { expect, test } from './test';

const open = (page: Page, program: string): Promise<Board> => new Board(page).open(`p=${pack(program)}`);

/** A matrix in the graph. */
const matrix = (page: Page, name: string, rows: number, columns: number): Locator =>
  page.getByRole('button', { name: `${name}, matrix of ${rows} rows and ${columns} columns`, exact: true });

test('the perceptron’s matrices show small, each entry with its sign', async ({ page }) => {
  await open(page, PERCEPTRON);
  const x = matrix(page, 'x', 4, 1);
  await expect(x.getByText('4×1', { exact: true })).toBeVisible();
  await expect(x.getByText('−1', { exact: true })).toBeVisible();
  await expect(x.locator('.cell')).toHaveCount(8);
  await expect(x.locator('.cell.negative').first()).toBeVisible();
  const weights = matrix(page, 'W1', 5, 4);
  await expect(weights.locator('.cell')).toHaveCount(40);
  // Without numbers each negative entry has a dash.
  const dashes = await weights.locator('.mark:not(.odd)').evaluateAll(all => all.map(each => (each.getAttribute('d')?.match(/h6/g) ?? []).length));
  expect(dashes.reduce((sum, count) => sum + count)).toBe(await weights.locator('.cell.negative').count());
  await expect(page.getByRole('heading', { name: 'Next update' })).toBeVisible();
});

test('a matrix opens in full with the keyboard, and the focus comes back', async ({ page }) => {
  const board = await open(page, PERCEPTRON);
  const h = matrix(page, 'h', 5, 1);
  const dialog = page.getByRole('dialog');
  for (const key of ['Enter', 'Space']) {
    await h.focus();
    await page.keyboard.press(key);
    await expect(dialog).toHaveAccessibleName('h 5×1');
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    await expect(h).toBeFocused();
  }
  expect(await page.getByRole('button', { name: 'Pause' }).count()).toBe(0);
  await page.keyboard.press('Enter');
  const value = dialog.getByRole('table', { name: 'Value of h' });
  await expect(value.getByRole('rowheader')).toHaveText(['1', '2', '3', '4', '5']);
  await expect(value.getByRole('columnheader')).toHaveText(['1']);
  await expect(dialog.getByRole('table', { name: 'Gradient of h' }).getByRole('cell', { name: '−', exact: false }).first()).toBeVisible();
  const first = value.locator('tbody td').first();
  expect((await first.getAttribute('title'))?.length).toBeGreaterThan((await first.innerText()).length);
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(h).toBeFocused();
  await board.node('L', '3.85', '1').click();
  await expect(dialog.getByText(/^3\.8\d{10,}$/)).toBeVisible();
  await page.mouse.click(5, 300);
  await expect(dialog).toBeHidden();
});

test('the numbers follow the run while it is open, and are copied with every digit', async ({ page }) => {
  const board = await open(page, 'param W = [1, -2; 0, 0.1]\nL = sum(W * W) / 3\nminimize L');
  await board.button('Play').click();
  await matrix(page, 'W', 2, 2).click();
  const cell = page.getByRole('table', { name: 'Value of W' }).getByRole('cell').nth(1);
  const before = await cell.innerText();
  await expect(cell).not.toHaveText(before);
  await page.keyboard.press('Escape');
  await board.button('Pause').click();
  await board.button('To start').click();
  await matrix(page, 'W', 2, 2).click();
  await page.getByRole('button', { name: 'Copy: Gradient of W' }).click();
  await expect(page.getByRole('button', { name: 'Copied: Gradient of W' })).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied.split('\n').map(row => row.split('\t').map(Number))).toEqual([[2 / 3, -4 / 3], [0, expect.closeTo(0.2 / 3, 12)]]);
  await page.getByRole('table', { name: 'Value of W' }).locator('tbody').selectText();
  await page.keyboard.press('ControlOrMeta+c');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('1\t-2\n0\t0.1');
});

test('a large matrix is folded in the graph, and bounded in full', async ({ page }) => {
  await open(page, 'data x = normal(300, 100)\nparam W = normal(2, 300)\nL = mean(W @ x)\nminimize L');
  const x = matrix(page, 'x', 300, 100);
  await expect(x.locator('.cell')).toHaveCount(2 * 7 * 7);
  await x.press('Enter');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('Shown are 32 of 300 rows and 64 of 100 columns')).toBeVisible();
  expect(await dialog.locator('td[class]').count()).toBeLessThanOrEqual(4096);
  await dialog.getByRole('button', { name: 'Copy: Value of x' }).click();
  await expect(dialog.getByRole('button', { name: 'Copied: Value of x' })).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied.split('\n').map(row => row.split('\t').length)).toEqual(Array.from({ length: 300 }, () => 100));
});

test('numbers that are not finite are shown as such, and marked', async ({ page }) => {
  await open(page, 'param W = [0, 1; -2, 3]\nv = log(W)\nL = sum(v)\nminimize L');
  const v = matrix(page, 'v', 2, 2);
  await expect(v.getByText('−∞')).toHaveClass(/odd/);
  await v.click();
  const value = page.getByRole('table', { name: 'Value of v' });
  await expect(value.getByRole('cell', { name: 'NaN' })).toHaveClass(/odd/);
});

test('a local derivative is written where it is the whole truth', async ({ page }) => {
  await open(page, 'data x = [1, 2; 3, 4]\nparam b = [1; 2]\nparam s = 2\nh = tanh(x + b)\nL = sum(s * h)\nminimize L');
  await expect(page.getByText('⊙ (1 − h2', { exact: false })).toBeVisible();
  // What is summed over columns, or over all entries, has no factor of its own.
  await expect(page.getByRole('img', { name: 'operator add, local derivative 1', exact: true })).toBeVisible();
  await expect(page.getByRole('img', { name: 'operator multiply, local derivative s', exact: true })).toBeVisible();
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test('the graph stands upright, and a tap opens a matrix', async ({ page }) => {
    await open(page, PERCEPTRON);
    const [x, z] = [await matrix(page, 'x', 4, 1).boundingBox(), await matrix(page, 'z', 5, 1).boundingBox()];
    expect(x && z && x.y + x.height < z.y).toBe(true);
    await matrix(page, 'W1', 5, 4).tap();
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByRole('table', { name: 'Gradient of W1' })).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await dialog.getByRole('button', { name: 'Close' }).tap();
    await expect(dialog).toBeHidden();
  });
});

test('in forced colours positive entries are filled and negative ones have a dash', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await open(page, PERCEPTRON);
  const fill = (sign: string): Promise<string> => matrix(page, 'W1', 5, 4).locator(`.cell.${sign}`).first().evaluate(cell => getComputedStyle(cell).fill);
  expect(await fill('negative')).toBe('none');
  expect(await fill('positive')).not.toBe('none');
});

// Every theme and every language, each once.
for (const [colorScheme, locale] of [['light', 'zh-CN'], ['dark', 'en-US']] as const) {
  test.describe(`${colorScheme}, ${locale}`, () => {
    test.use({ colorScheme, locale });
    test('axe finds nothing on the matrices, small and in full', async ({ page }) => {
      await page.goto(`./#p=${pack(PERCEPTRON)}`);
      await expect(page.getByRole('button', { name: /^W1/ })).toBeVisible();
      expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
      await page.getByRole('button', { name: /^W1.*(columns|矩阵)$/ }).press('Enter');
      await expect(page.getByRole('table', { name: /^(Gradient of W1|W1 的梯度)$/ })).toBeVisible();
      expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    });
  });
}
