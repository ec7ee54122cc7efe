import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { Board } from './board';
import { pack } from './packing';
import { PERCEPTRON } from './programs';
import { expect, test } from './test';

const LAYERS = `data x = [1, 0.5, -1; 2, -0.3, 0.2]
param W1 = normal(4, 2)
param W2 = normal(1, 4)
fn layer(W, a) = tanh(W @ a)
data y = [1, 0, 1]
h = layer(W1, x)
o = layer(W2, h)
L = mse(o, y)`;

const open = (page: Page, program: string): Promise<Board> => new Board(page).open(`p=${pack(program)}`);
const drawing = (page: Page): Locator => page.getByRole('group', { name: /^Computation graph/ });

async function middle(locator: Locator): Promise<{ x: number; y: number }> {
  const box = await locator.boundingBox();
  if (!box) throw new Error('it does not show');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

test('the chain is one straight line, parameters above it and the label below', async ({ page }) => {
  await open(page, PERCEPTRON);
  const node = (name: RegExp): Locator => page.getByRole('button', { name });
  const [x, z, h, o, L] = await Promise.all([/^x, /, /^z, /, /^h, /, /^o, /, /^L, /].map(name => middle(node(name))));
  for (const next of [z, h, o, L]) expect(next?.y).toBeCloseTo(x?.y ?? NaN, 0);
  for (const param of [/^W1, /, /^W2, /]) expect((await middle(node(param))).y).toBeLessThan(x?.y ?? NaN);
  expect((await middle(node(/^y, /))).y).toBeGreaterThan(x?.y ?? NaN);
});

test('arrow keys follow the edges', async ({ page }) => {
  await open(page, PERCEPTRON);
  const node = (name: RegExp): Locator => page.getByRole('button', { name });
  await node(/^x, /).focus();
  for (const [key, name] of [['ArrowRight', /^z, /], ['ArrowRight', /^h, /], ['ArrowRight', /^o, /], ['ArrowUp', /^W2, /], ['ArrowDown', /^o, /], ['ArrowRight', /^L, /], ['ArrowDown', /^y, /]] as const) {
    await page.keyboard.press(key);
    await expect(node(name)).toBeFocused();
  }
});

test('a function of the program’s own is a box, which opens and folds', async ({ page }) => {
  const board = await open(page, LAYERS);
  const box = page.getByRole('button', { name: 'Function layer, folded. Open it' });
  await expect(box).toHaveCount(2);
  await expect(page.getByRole('img', { name: /operator tanh/ })).toHaveCount(0);
  await box.first().press('Enter');
  await expect(box).toHaveCount(1);
  await expect(page.getByRole('img', { name: /operator tanh/ })).toHaveCount(1);
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  // What is folded is walked through as well.
  await board.button('one operator').click();
  await board.steps(3);
  await expect(board.status).toContainText('W2h: from W2, h to W2h.');
  await page.getByRole('button', { name: 'Function layer, open. Fold it' }).press('Enter');
  await expect(box).toHaveCount(2);
});

test('one of several samples is followed alone', async ({ page }) => {
  await open(page, LAYERS);
  const x = page.getByRole('button', { name: /^x, matrix/ });
  await expect(x.locator('.number')).toHaveCount(12);
  await page.getByRole('combobox', { name: 'Sample' }).selectOption('3');
  await expect(page.getByText('Gradients of parameters are summed over all samples.')).toBeVisible();
  await expect.poll(() => x.locator('.number').allTextContents().then(all => all.slice(0, 2))).toEqual(['−1', '0.2']);
  await page.getByRole('combobox', { name: 'Sample' }).selectOption('all 3');
  await expect(x.locator('.number')).toHaveCount(12);
});

test('operators are folded onto their arrows, and taken off again', async ({ page }) => {
  await new Board(page).open();
  const button = page.getByRole('button', { name: 'Operators on their arrows' });
  await expect(drawing(page).locator('circle')).toHaveCount(2);
  await button.click();
  await expect(drawing(page).locator('circle')).toHaveCount(0);
  await expect(page.getByRole('img', { name: 'operator power, local derivative 2x = 4' })).toBeVisible();
  await button.click();
  await expect(drawing(page).locator('circle')).toHaveCount(2);
});

test('a node’s card says its formula and its place in the text', async ({ page }) => {
  await open(page, PERCEPTRON);
  await page.getByRole('button', { name: /^h, / }).press('Enter');
  const card = page.getByRole('dialog');
  await expect(card).toContainText('h = tanh(z)');
  await expect(card).toContainText('Line 8');
  await expect(card.locator('mark')).toHaveText('tanh(z)');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^W1, / }).press('Enter');
  await expect(card.locator('code')).toHaveText('param W1 = normal(5, 4)');
});

test('a graph that is larger than its frame is moved about in by keys, wheel and map', async ({ page }) => {
  await open(page, 'param x = 1\ny = x\nrepeat 30 { y = y + 0.01sin(y) }');
  const frame = page.locator('.graphframe');
  const width = (): Promise<number> => drawing(page).evaluate(svg => svg.getBoundingClientRect().width);
  const map = page.getByRole('img', { name: 'Map of the graph' });
  await expect(map).toBeVisible();
  const before = await width();
  await page.getByRole('button', { name: 'Larger (+)' }).click();
  await expect.poll(width).toBeGreaterThan(1.2 * before);
  await page.getByRole('button', { name: /^x, / }).focus();
  await page.keyboard.press('-');
  await expect.poll(width).toBeLessThan(1.05 * before);
  const { x, y } = await middle(frame);
  await page.mouse.move(x, y);
  await page.keyboard.down('Control');
  await page.mouse.wheel(0, -300);
  await page.keyboard.up('Control');
  await expect.poll(width).toBeGreaterThan(1.5 * before);
  const box = await map.boundingBox();
  await page.mouse.click((box?.x ?? 0) + (box?.width ?? 0) - 4, (box?.y ?? 0) + 4);
  await expect.poll(() => frame.evaluate(each => each.scrollLeft)).toBeGreaterThan(before / 2);
  await page.getByRole('button', { name: 'Whole graph' }).click();
  await expect.poll(() => frame.evaluate(each => each.scrollWidth - each.clientWidth)).toBeLessThan(2);
});

test('a graph of 5,000 operators is drawn as less where it can’t be read, and the run goes on', async ({ page }) => {
  test.slow();
  const board = await open(page, 'param x = 1\ny = x\nrepeat 1000 { y = y + 0.0001sin(y) + 0.00001cos(y) }');
  await expect(page.locator('.camera')).toBeVisible({ timeout: 20_000 });
  expect(await drawing(page).locator('[data-node]').count()).toBeLessThan(200);
  await page.getByRole('button', { name: 'Whole graph' }).click();
  await expect(drawing(page).locator('path.overview').first()).toBeVisible();
  await expect(drawing(page).locator('[data-node]')).toHaveCount(0);
  await board.steps(2);
  await expect(board.status).toContainText('Step 2.');
  await page.evaluate(() => (location.hash = '#v=1'));
  await expect(board.node('x', '2', '16')).toBeVisible();
});

test('what does not reach the loss is pale and says why; a graph may have no parameter', async ({ page }) => {
  const board = await open(page, 'param x = 2\nparam w = 3\nv = w^2\ny = 4x^2\nminimize y');
  await expect(page.locator('.node.pale')).toHaveCount(2);
  await page.getByRole('button', { name: /^v, / }).press('Enter');
  await expect(page.getByRole('dialog')).toContainText('y does not depend on it, so its gradient is 0.');
  await page.goto('about:blank');
  await board.open(`p=${pack('data x = 2\ny = 4x^2')}&gear=operator`);
  await expect(board.status).toContainText('the forward pass begins');
  for (const sentence of ['Forward.', 'Forward.', 'Loss.', 'Backward.', 'Backward.', 'Step 1, forward.']) {
    await board.steps(1);
    await expect(board.status).toContainText(sentence);
  }
});

test('a small edit moves little, and what moves glides', async ({ page }) => {
  const board = await open(page, PERCEPTRON);
  const places = (): Promise<string[]> => drawing(page).locator('.box').evaluateAll(all => all.map(each => `${each.getAttribute('x')} ${each.getAttribute('y')}`));
  const before = await places();
  await page.getByRole('button', { name: /^Program/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Program' });
  await dialog.getByRole('textbox').fill(PERCEPTRON.replace('0.5', '0.75'));
  await dialog.getByRole('button', { name: 'Use this program' }).click();
  await expect(dialog).toBeHidden();
  await expect(board.status).toContainText('Step 0.');
  expect(await places()).toEqual(before);
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test('a walk goes on by touch', async ({ page }) => {
    const board = await open(page, PERCEPTRON);
    await board.button('one operator').tap();
    await expect(board.status).toContainText('the forward pass begins');
    await page.getByRole('group', { name: 'Transport' }).getByRole('button', { name: 'Step', exact: true }).tap();
    await expect(board.status).toContainText('z = W1x');
    await board.button('Step back').tap();
    await expect(board.status).toContainText('the forward pass begins');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  });

  test('two fingers zoom', async ({ page }) => {
    await open(page, PERCEPTRON);
    const width = (): Promise<number> => drawing(page).evaluate(svg => svg.getBoundingClientRect().width);
    await expect(page.locator('.camera')).toBeVisible();
    const before = await width();
    const client = await page.context().newCDPSession(page);
    const fingers = (apart: number): { x: number; y: number }[] => [{ x: 195 - apart, y: 300 }, { x: 195 + apart, y: 300 }];
    await client.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: fingers(30) });
    for (const apart of [40, 50, 60]) await client.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: fingers(apart) });
    await client.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await expect.poll(width).toBeGreaterThan(1.3 * before);
  });
});
