/** How a gradient becomes an update: chosen, shown line by line with its numbers, and carried by the link. */
import type { Locator, Page } from '@playwright/test';
import { Board } from './board';
import { pack } from './packing';
import { expect, test } from './test';

const lines = (page: Page): Locator => page.getByRole('group', { name: 'The update line by line' });
const dialog = (page: Page): Locator => page.getByRole('dialog', { name: 'How a gradient becomes an update' });
const TWO = 'param W = [3, -4; 5, 6]\nparam b = 1\nL = sum(W^2) + b^2\n';

/** A formula's text, spaces aside. */
async function written(formula: Locator): Promise<string> {
  return ((await formula.textContent()) ?? '').replace(/[\s\u2062]+/g, '');
}

test('Adam is chosen by keyboard, and its update stands there line by line with the engine’s numbers', async ({ page }) => {
  const board = await new Board(page).open();
  await board.button('Gradient descent ▾').focus();
  await page.keyboard.press('Enter');
  const optimizer = dialog(page).getByRole('combobox', { name: 'Optimizer' });
  await expect(optimizer).toBeFocused();
  await page.keyboard.type('Adam');
  await expect(optimizer).toHaveValue('adam');
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toBeHidden();
  await expect(board.button('Adam ▾')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Next update' })).toBeVisible();
  await board.steps(2);
  await expect(page.getByRole('heading', { name: 'Last update' })).toBeVisible();
  const figures = lines(page).locator('.figures');
  await expect(figures).toHaveCount(5);
  expect(await written(figures.nth(0))).toBe('2.96=0.9⋅1.6+(1−0.9)⋅15.2');
  // 2 − 0.1 · m̂ / (√v̂ + ε), twice: as PyTorch has it.
  await expect(figures.nth(4)).toHaveAttribute('title', '1.8001664857366573');
  await expect(page.locator('.kept-now')).toContainText('2.96');
  await expect(page.locator('.kept-now')).toContainText('0.4868');
  await expect(board.row(1)).toContainText('1.9');
  await expect(board.row(1)).toContainText('1.8');
  await expect(board.status).toContainText('x ← 1.8');
});

test('another method begins anew and is replayed to where the run stood', async ({ page }) => {
  const board = await new Board(page).open('v=1&run=gd:0.1&step=3');
  expect(await board.step()).toBe(3);
  await board.button('Gradient descent ▾').click();
  await dialog(page).getByRole('combobox', { name: 'Optimizer' }).selectOption('Momentum');
  await dialog(page).getByRole('textbox', { name: 'momentum' }).fill('0.5');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(/run=momentum:0\.1;beta=0\.5&step=3/);
  expect(await board.step()).toBe(3);
  // v: 16, 8 + 3.2, 5.6 − 5.76; x: 0.4, −0.72, −0.704.
  await expect(board.row(3)).toContainText('−0.704');
});

test('a number that can’t be is refused plainly, and the method stays as it was', async ({ page }) => {
  const board = await new Board(page).open('v=1&run=adam:0.1');
  await board.button('Adam ▾').click();
  for (const [name, typed, why] of [
    [/of the mean$/, '1', 'Type a number from 0 to less than 1.'],
    [/of the mean$/, 'x', '“x” is not a number'],
    [/of the mean$/, '', 'Type a number'],
    ['Clip the gradient at norm', '0', 'It must be greater than 0.'],
    ['L2 penalty λ₂', '-1', 'It can’t be less than 0.'],
  ] as const) {
    const field = dialog(page).getByRole('textbox', { name });
    await field.fill(typed);
    await page.keyboard.press('Enter');
    await expect(field).toHaveAttribute('aria-invalid', 'true');
    await expect(field).toHaveAccessibleDescription(new RegExp(why));
    await expect(field).toHaveValue(typed);
    await expect(page).not.toHaveURL(/;/);
  }
});

test('a schedule, clipping and penalties stand before the rule, and a link carries them', async ({ page, context }) => {
  const board = await new Board(page).open();
  await board.button('Gradient descent ▾').click();
  await dialog(page).getByRole('combobox', { name: 'Schedule' }).selectOption('cosine');
  const steps = dialog(page).getByRole('textbox', { name: 'steps N' });
  await steps.fill('1.5');
  await page.keyboard.press('Enter');
  await expect(steps).toHaveAccessibleDescription(/whole number/);
  await steps.fill('4');
  await page.keyboard.press('Enter');
  await expect(dialog(page).getByRole('img', { name: /first 200 steps/ })).toBeVisible();
  await dialog(page).getByRole('textbox', { name: 'Clip the gradient at norm' }).fill('1');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await expect(lines(page).locator('.symbols')).toHaveCount(3);
  await board.steps(2);
  await expect(page).toHaveURL(/run=gd:0\.1;schedule=cosine\/4;clip=1&step=2/);
  const there = await context.newPage();
  await there.goto(page.url());
  const other = new Board(there);
  await expect(other.row(2)).toBeVisible();
  expect(await other.numbers()).toEqual(await board.numbers());
  expect(await written(lines(there).locator('.figures').nth(0))).toBe(await written(lines(page).locator('.figures').nth(0)));
});

test('of several parameters one is chosen, and of a matrix one number', async ({ page }) => {
  const board = await new Board(page).open(`v=1&run=adagrad:0.5&p=${pack(TWO)}`);
  await board.steps(1);
  const figures = lines(page).locator('.figures');
  expect(await written(figures.nth(0))).toBe('36=0+62');
  await page.locator('.memory td').nth(1).click();
  expect(await written(figures.nth(0))).toBe('64=0+(−8)2');
  const grid = page.getByRole('group', { name: /^W, row 1, column 2/ });
  await grid.focus();
  await page.keyboard.press('ArrowDown');
  expect(await written(figures.nth(0))).toBe('144=0+122');
  await page.getByRole('combobox', { name: 'Parameter that is looked at' }).selectOption('b');
  expect(await written(figures.nth(0))).toBe('4=0+22');
});

test('plain gradient descent of several numbers is shown for one of them', async ({ page }) => {
  const board = await new Board(page).open(`v=1&p=${pack(TWO)}`);
  expect(await written(lines(page).locator('.figures'))).toBe('2.4=3−0.1⋅6');
  await board.steps(1);
  expect(await written(lines(page).locator('.figures'))).toBe('2.4=3−0.1⋅6');
});

test('inside a step the update is the rule’s too', async ({ page }) => {
  const board = await new Board(page).open('v=1&run=momentum:0.1&gear=operator');
  await expect(page.getByRole('region', { name: 'Step', exact: true })).toBeVisible();
  await page.keyboard.press('End');
  await expect(board.status).toContainText('2 − 0.1 · 16 = 0.4');
});

test('the method in Chinese', async ({ page }) => {
  await page.goto('./#v=1&run=nesterov:0.1&lang=zh');
  await page.getByRole('button', { name: 'Nesterov 动量 ▾' }).click();
  const sheet = page.getByRole('dialog', { name: '梯度怎样变成更新' });
  await expect(sheet.getByRole('combobox', { name: '优化器' }).locator('option')).toHaveText(['梯度下降', '动量', 'Nesterov 动量', 'AdaGrad', 'RMSProp', 'Adam', 'AdamW']);
  await sheet.getByRole('textbox', { name: '动量系数' }).fill('2');
  await page.keyboard.press('Enter');
  await expect(sheet.getByText('请输入一个数，从 0 起，小于 1。')).toBeVisible();
});
