import { Board } from './board';
import { pack } from './packing';
import { expect, test } from './test';

test('with a learning rate of 1, x is 2, −14, 98 and y is 16, 784, 38416', async ({ page }) => {
  const board = await new Board(page).open();
  await expect(board.node('x', '2', '16')).toBeVisible();
  await expect(board.node('x²', '4', '4')).toBeVisible();
  await expect(board.node('y', '16', '1')).toBeVisible();

  await board.typeRate('1');
  await board.steps(1);
  await expect(board.node('x', '−14', '−112')).toBeVisible();
  await expect(board.node('y', '784', '1')).toBeVisible();
  await expect(board.status).toHaveText('Step 1. x ← 2 − 1 × 16 = −14; y rises from 16 to 784.');

  await board.steps(1);
  await expect(board.node('x', '98', '784')).toBeVisible();
  await expect(board.node('y', '38416', '1')).toBeVisible();

  await expect(board.row(0)).toContainText('2 − 1 × 16 = −14 16');
  await expect(board.row(1)).toContainText('−14 − 1 × (−112) = 98 784');
  await expect(board.row(2)).toContainText('98 − 1 × 784 = −686 38416');
  await expect(board.row(2)).toHaveAttribute('aria-current', 'step');
  await expect(board.row(3)).toHaveCount(0);
});

test('with a learning rate of 0.25, y stays at 16', async ({ page }) => {
  const board = await new Board(page).open();
  await board.typeRate('0.25');
  await expect(board.rate).toHaveValue('0.25');
  await board.steps(7);
  await expect(board.node('x', '−2', '−16')).toBeVisible();
  await expect(board.node('y', '16', '1')).toBeVisible();
  for (const step of [0, 1, 6, 7]) await expect(board.row(step)).toContainText(step % 2 === 0 ? '= −2 16' : '= 2 16');
  await expect(board.status).toContainText('y stays at 16');
});

test('the first step is the arithmetic that the page shows beforehand', async ({ page }) => {
  const board = await new Board(page).open();
  await expect(board.page.getByRole('img', { name: 'x ← 2 − 0.1 × 16 = 0.4' })).toBeVisible();
  await expect(board.row(0)).toContainText('2 − 0.1 × 16 = 0.4');
  await board.steps(1);
  await expect(board.node('x', '0.4', '3.2')).toBeVisible();
  await expect(board.page.getByRole('img', { name: /operator .*2x = 0.8/ })).toBeVisible();
});

test('a step back shows the step before, and To end returns', async ({ page }) => {
  const board = await new Board(page).open();
  await board.steps(3);
  const there = await board.numbers();
  await board.button('Step back').click();
  await expect(board.node('x', '0.08', '0.64')).toBeVisible();
  await expect(board.status).toContainText('Step 2 of 3.');
  await board.button('Step back').click();
  await board.button('To end').click();
  await expect(board.status).toContainText('Step 3.');
  expect(await board.numbers()).toEqual(there);
});

test('To start keeps what has been, and To end returns there exactly', async ({ page }) => {
  const board = await new Board(page).open();
  await board.steps(2);
  await board.typeRate('0.2');
  await board.steps(2);
  const there = await board.numbers();
  await board.button('To start').click();
  await expect(board.node('x', '2', '16')).toBeVisible();
  await expect(board.rate).toHaveValue('0.1');
  await expect(board.row(4)).toBeVisible();
  await board.button('To end').click();
  await expect(board.status).toContainText('Step 4.');
  expect(await board.numbers()).toEqual(there);
});

test('a restart goes back to the start and keeps the learning rate', async ({ page }) => {
  const board = await new Board(page).open();
  await board.steps(2);
  await board.typeRate('0.2');
  await board.steps(2);
  await board.button('Restart with this rate').click();
  await expect(board.node('x', '2', '16')).toBeVisible();
  await expect(board.rate).toHaveValue('0.2');
  await expect(board.table.getByRole('row')).toHaveCount(2);
  await expect(board.row(0)).toContainText('2 − 0.2 × 16');
});

test('it plays, pauses, and steps on from there', async ({ page }) => {
  const board = await new Board(page).open();
  await page.getByRole('combobox', { name: 'Speed' }).selectOption('20×');
  await board.button('Play').click();
  await expect.poll(() => board.step()).toBeGreaterThan(5);
  await board.button('Pause').click();
  const paused = await board.step();
  await page.waitForTimeout(200);
  expect(await board.step()).toBe(paused);
  await board.steps(1);
  expect(await board.step()).toBe(paused + 1);
});

test('full speed after a slower one leaves the page answering', async ({ page }) => {
  const board = await new Board(page).open();
  await board.typeRate('0.2499999');
  const speed = page.getByRole('combobox', { name: 'Speed' });
  await speed.selectOption('20×');
  await board.button('Play').click();
  await expect.poll(() => board.step()).toBeGreaterThan(20);
  await speed.selectOption('max');
  await expect.poll(() => board.step()).toBeGreaterThan(1000);
  await board.button('Pause').click({ timeout: 3000 });
  await expect(board.button('Play')).toBeVisible();
});

test('divergence is told, the history stays, and a smaller rate lets it go on', async ({ page }) => {
  const board = await new Board(page).open();
  await board.typeRate('1');
  await page.getByRole('combobox', { name: 'Speed' }).selectOption('max');
  await board.button('Play').click();
  await expect(board.status).toContainText(/^Diverged at step \d+: y is ∞, from 4 ×\. Each step multiplied x by 1\s−\s8η\s=\s−7\./);
  await expect(board.button('Play')).toBeVisible();
  const stopped = await board.step();
  expect(stopped).toBeGreaterThan(100);

  await board.button('Step back').click();
  await expect(board.status).toContainText(`Step ${stopped - 1} of ${stopped}.`);
  await board.typeRate('0.1');
  await board.steps(3);
  await expect(board.status).toContainText(`Step ${stopped + 2}.`);
  await expect(board.status).toContainText('y falls');
});

test('the loss curve says its numbers and reads out the point under the pointer', async ({ page }) => {
  const board = await new Board(page).open();
  await expect(board.curve).toHaveAccessibleName('Loss curve: y is 16 at step 0');
  await board.steps(4);
  await expect(board.curve).toHaveAccessibleName(/y goes from 16 at step 0 to 4\.096×10⁻⁵ at step 4 of 4/);
  const box = await board.curve.boundingBox();
  if (!box) throw new Error('the curve does not show');
  await page.mouse.move(box.x + 41, box.y + box.height / 2);
  await expect(page.locator('.readout')).toHaveText('step 0: y = 16');
  await board.button('linear').click();
  await expect(board.button('linear')).toHaveAttribute('aria-pressed', 'true');
  await expect(page).toHaveURL(/#/);
});

test('the largest rate that stays finite is offered after a divergence, and starts again', async ({ page }) => {
  const board = await new Board(page).open();
  await board.typeRate('0.26');
  await page.getByRole('combobox', { name: 'Speed' }).selectOption('max');
  await board.button('Play').click();
  await expect(board.status).toContainText(/1\s−\s8η\s=\s−1\.08\./);
  await board.button('Start again with η = 0.25').click();
  await expect(board.rate).toHaveValue('0.25');
  await expect(board.status).toContainText('Step 0.');
  await board.steps(2);
  await expect(board.status).toContainText('y stays at 16');
  await expect(page).toHaveURL(/run=gd:0\.25/);
});

test('one can look at the last step again and again', async ({ page }) => {
  const board = await new Board(page).open('run=gd:1&step=182');
  await expect(board.status).toContainText('The largest η that stays finite is 0.25.');
  for (const key of ['ArrowLeft', 'ArrowRight', 'Home', 'End', 'ArrowLeft', 'End']) await page.keyboard.press(key);
  await expect(board.status).toContainText(/^Diverged at step 182.*The largest η that stays finite is 0\.25\./);
  await expect(board.button('Start again with η = 0.25')).toBeVisible();
  await expect(board.notices).toBeEmpty();
});

test('a rate that was moved is said to act from its step on', async ({ page }) => {
  const board = await new Board(page).open('run=gd:0.1,1@4&step=400');
  await expect(board.status).toContainText(/From step 4 on, each step multiplied x by 1\s−\s8η\s=\s−7\./);
});

test('where no rate holds for long, none is offered; a start without a value is no divergence', async ({ page }) => {
  const board = await new Board(page).open(`p=${pack('param x = 2\ny = x^3')}&run=gd:1&step=20`);
  await expect(board.status).toContainText('Diverged at step');
  await page.waitForTimeout(500);
  await expect(page.getByRole('button', { name: /Start again/ })).toHaveCount(0);
  await page.goto('about:blank');
  await board.open(`p=${pack('param x = -1\ny = log(x)')}`);
  await expect(board.status).toContainText('Not finite at the start: y is NaN, from log. Choose another start.');
});

test('values that a logarithmic scale has no place for are told', async ({ page }) => {
  const board = await new Board(page).open(`p=${pack('param x = 1\ny = x^2 - 1')}&step=3`);
  await expect(page.getByText('Values of 0 and below have no place on this scale.')).toBeVisible();
  await board.button('linear').click();
  await expect(page.getByText('Values of 0 and below')).toHaveCount(0);
});

test('a divergence beyond quadratics and out of a domain is explained too', async ({ page }) => {
  const board = await new Board(page).open();
  for (const [program, why, edge] of [
    ['param x = 7\ny = (x - 3)^2', /multiplied the distance of x from 3 by 1\s−\s2η\s=\s−3/, '1'],
    ['param a = 1\nparam b = 1\nL = a^2 + 5b^2', /was 1\s−\s10η\s=\s−19 times the one before/, '0.2'],
    ['param x = 2\ny = x^4', /The steps grew: the last one was −?\d.* times the one before/, '0.125'],
    ['param x = 1\ny = 9x - log(x)', /At x\s=\s−15, y or its gradient has no finite value/, undefined],
  ] as const) {
    await page.goto('about:blank');
    await board.open(`p=${pack(program)}`);
    await board.typeRate('2');
    await page.getByRole('combobox', { name: 'Speed' }).selectOption('max');
    await board.button('Play').click();
    await expect(board.status).toContainText(why);
    if (edge) await expect(board.button(`Start again with η = ${edge}`)).toBeVisible();
  }
});

test('a link opens with its step in sight', async ({ page }) => {
  const board = await new Board(page).open('v=1&run=gd:0.24&step=40');
  await expect(board.row(40)).toBeInViewport({ ratio: 1 });
});

test('earlier rows come as one scrolls up', async ({ page }) => {
  const board = await new Board(page).open('v=1&run=gd:0.24&step=90');
  await expect(board.row(90)).toBeVisible();
  await expect(board.row(30)).toHaveCount(0);
  await page.getByRole('group', { name: 'Iterates' }).hover();
  await expect(async () => {
    await page.mouse.wheel(0, -400);
    await expect(board.row(0)).toBeInViewport({ timeout: 100 });
  }).toPass();
});

test('the table keeps its height and the present row in sight', async ({ page }) => {
  const board = await new Board(page).open();
  const panel = page.getByRole('group', { name: 'Iterates' });
  const before = await panel.boundingBox();
  await page.getByRole('combobox', { name: 'Speed' }).selectOption('100×');
  await board.button('Play').click();
  await expect.poll(() => board.step()).toBeGreaterThan(150);
  await board.button('Pause').click();
  expect(await panel.boundingBox()).toEqual(before);
  await expect(board.table.locator('[aria-current=step]')).toBeInViewport({ ratio: 1 });
});
