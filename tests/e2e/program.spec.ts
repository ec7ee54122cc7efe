import type { Locator } from '@playwright/test';
import { Board } from './board';
import { expect, test } from './test';

async function drawer(board: Board): Promise<Locator> {
  await board.page.getByRole('button', { name: /^Program:/ }).click();
  const dialog = board.page.getByRole('dialog', { name: 'Program' });
  await expect(dialog).toBeVisible();
  return dialog;
}

test('a program of one’s own takes the place of the lesson, and Back returns', async ({ page, browser }) => {
  const board = await new Board(page).open();
  await board.steps(2);
  const dialog = await drawer(board);
  await dialog.getByRole('textbox', { name: 'Program text' }).fill('param w = 3\nL = (w - 1)^2\nminimize L\n');
  await dialog.getByRole('button', { name: 'Use this program' }).click();
  await expect(board.node('w', '3', '4')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Minimize L' }).first()).toBeVisible();
  await board.steps(1);
  await expect(board.row(0)).toContainText('3 − 0.1 × 4 = 2.6 4');
  await expect(page).toHaveURL(/p=/);

  const other = await browser.newPage();
  await other.goto(page.url());
  await expect(new Board(other).node('w', '2.6', '3.2')).toBeVisible();
  await other.close();

  await page.goBack();
  await expect(board.node('x', '0.08', '0.64')).toBeVisible();
});

test('a fault is shown at its place and the program can’t be used', async ({ page }) => {
  const board = await new Board(page).open();
  const dialog = await drawer(board);
  await dialog.getByRole('textbox', { name: 'Program text' }).fill('param x = 2\ny = 4z^2\n');
  await expect(dialog.getByText('line 2, column 6')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Use this program' })).toBeDisabled();
  await page.keyboard.press('Escape');
  await expect(board.node('x', '2', '16')).toBeVisible();
});

test('sentences are fetched for the first fault, once a language, and not before', async ({ page }) => {
  const fetched: string[] = [];
  page.on('request', request => fetched.push(...(/\w+(?=-\w+\.txt$)/.exec(request.url()) ?? [])));
  const board = await new Board(page).open();
  await board.steps(1);
  let dialog = await drawer(board);
  await dialog.getByRole('textbox').fill('param x = 2\ny = 3x^2\n');
  await expect(dialog.getByText('No faults.')).toBeVisible();
  await page.waitForLoadState('networkidle');
  expect(fetched).toEqual([]);

  await dialog.getByRole('textbox').fill('param x = 2\ny = 4z^2\n');
  await expect(dialog.getByText('Nothing is called “z” here.')).toBeVisible();
  await dialog.getByRole('textbox').fill('param x = 2\ny = 4x^\n');
  await expect(dialog.getByText('Expected a value after “^”, but the line ends.')).toBeVisible();
  expect(fetched).toEqual(['en']);

  await page.keyboard.press('Escape');
  await board.button('中文').click();
  await page.getByRole('button', { name: /^程序/ }).click();
  dialog = page.getByRole('dialog', { name: '程序' });
  await expect(dialog.getByText('“^”后面应为一个值，但这一行已结束。')).toBeVisible();
  expect(fetched).toEqual(['en', 'zh']);
});

test('a fault has its place while its sentences can’t be had, and they are asked for again', async ({ page, unseen }) => {
  await page.route('**/en-*.txt', route => route.fulfill({ status: 503 }), { times: 1 });
  const board = await new Board(page).open();
  const dialog = await drawer(board);
  await dialog.getByRole('textbox').fill('param x = 2\ny = 4z^2\n');
  const faults = dialog.getByRole('list', { name: 'Faults' });
  await expect(faults).toHaveText(/^\s*line 2, column 6\s+y = 4z\^2\s*$/);
  await expect(faults.getByText('z', { exact: true })).toBeVisible();
  await expect(faults).toContainText('Nothing is called “z” here.');
  await expect(faults).toContainText('param z = 1');
  expect(unseen.splice(0).join()).toMatch(/^console error: [^,]*503[^,]*$/);
});

test('what is written stays when the drawer closes, the graph is greyed while it has faults', async ({ page }) => {
  const board = await new Board(page).open();
  const graph = page.getByRole('region', { name: 'Graph' });
  let dialog = await drawer(board);
  await dialog.getByRole('textbox', { name: 'Program text' }).fill('param x = 2\ny = 4z^2\n');
  await expect(graph).toContainText('The text in the editor has faults');
  await page.keyboard.press('Escape');
  await expect(graph).toContainText('The text in the editor has faults');
  await expect(board.node('x', '2', '16')).toBeVisible();
  await board.steps(1);
  await expect(board.node('x', '0.4', '3.2')).toBeVisible();

  dialog = await drawer(board);
  await expect(dialog.getByRole('textbox')).toHaveValue('param x = 2\ny = 4z^2\n');
  await dialog.getByRole('textbox').fill('param x = 2\ny = 3x^2\n');
  await expect(dialog.getByText('No faults.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(graph).not.toContainText('faults');
  await expect(board.page.getByRole('button', { name: /not used yet/ })).toBeVisible();

  dialog = await drawer(board);
  await dialog.getByRole('button', { name: 'Discard changes' }).click();
  await expect(dialog.getByRole('textbox')).toHaveValue(/4x\^2/);
  await expect(dialog.getByRole('button', { name: 'Discard changes' })).toBeDisabled();
});

test('what is written outlives Back and a reload', async ({ page }) => {
  const board = await new Board(page).open();
  let dialog = await drawer(board);
  await dialog.getByRole('textbox').fill('param w = 3\nL = w^2\n');
  await dialog.getByRole('button', { name: 'Use this program' }).click();
  dialog = await drawer(board);
  await dialog.getByRole('textbox').fill('param w = 3\nL = w^2 +\n');
  await page.keyboard.press('Escape');
  await page.goBack();
  await expect(board.node('x', '2', '16')).toBeVisible();
  await expect((await drawer(board)).getByRole('textbox')).toHaveValue('param w = 3\nL = w^2 +\n');
  await page.reload();
  await expect((await drawer(board)).getByRole('textbox')).toHaveValue('param w = 3\nL = w^2 +\n');
});

test('hundreds of faults in one long line are told at once', async ({ page }) => {
  const board = await new Board(page).open();
  const dialog = await drawer(board);
  const text = `y = ${Array.from({ length: 8000 }, (_, at) => `n${at}`).join('+')}\n`;
  const start = Date.now();
  await dialog.getByRole('textbox').fill(text);
  await expect(dialog.getByText('Nothing is called “n0” here.')).toBeVisible();
  expect(Date.now() - start).toBeLessThan(8000);
  await expect(dialog.getByRole('listitem').nth(30).locator('pre')).toHaveText(/^… /);
});

test('several parameters move together, each node with its numbers', async ({ page }) => {
  const board = await new Board(page).open();
  const dialog = await drawer(board);
  const text = 'data x = 2\ndata t = 7\nparam w = 1\nparam b = 0\no = w * x + b\nL = (o - t)^2\nminimize L\n';
  await dialog.getByRole('textbox', { name: 'Program text' }).fill(text);
  await dialog.getByRole('button', { name: 'Use this program' }).click();
  await expect(board.node('w', '1', '−20')).toBeVisible();
  await expect(board.node('b', '0', '−10')).toBeVisible();
  await board.steps(1);
  await expect(board.node('L', '0', '1')).toBeVisible();
  await expect(board.status).toContainText('Step 1. L = ');
});
