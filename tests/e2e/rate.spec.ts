import { Board } from './board';
import { expect, test } from './test';

test('a typed rate is exact and stays as it was typed', async ({ page }) => {
  const board = await new Board(page).open();
  for (const [typed, shown] of [
    ['0.25', '= −2 16'],
    ['0.30000000000000004', '2 − 0.3 × 16'],
    ['1e-3', '2 − 0.001 × 16 = 1.984'],
    ['2/8', '2 − 0.25 × 16 = −2'],
    ['０．２５', '2 − 0.25 × 16 = −2'],
  ] as const) {
    await board.typeRate(typed);
    await expect(board.rate).toHaveValue(typed);
    await expect(board.row(0)).toContainText(shown);
  }
});

test('a wrong entry says what is wrong and changes nothing', async ({ page }) => {
  const board = await new Board(page).open();
  for (const [typed, why] of [
    ['abc', '“abc” is not a number'],
    ['', 'Type a number'],
    ['0', 'greater than 0'],
    ['-0.1', 'greater than 0'],
    ['0,25', 'point for the decimals'],
    ['1e400', 'too large'],
    ['1e-400', 'too small'],
    ['1/0', 'too large'],
    ['1/2/3', 'is not a number'],
    ['<img src=x onerror=alert(1)>', 'is not a number'],
  ] as const) {
    await board.typeRate(typed);
    await expect(board.rate).toHaveValue(typed);
    await expect(board.rate).toHaveAttribute('aria-invalid', 'true');
    await expect(board.rate).toHaveAccessibleDescription(new RegExp(why.replace(/[()]/g, '.')));
    await expect(board.row(0)).toContainText('2 − 0.1 × 16 = 0.4');
  }
  await board.typeRate('0.2');
  await expect(board.rate).not.toHaveAttribute('aria-invalid');
});

test('a rate beyond the scale is taken, with the cursor at its end', async ({ page }) => {
  const board = await new Board(page).open();
  await board.typeRate('250');
  await expect(board.row(0)).toContainText('2 − 250 × 16 = −3998');
  await expect(board.slider).toHaveValue('1');
  await expect(board.slider).toHaveAttribute('aria-valuetext', /250, beyond/);
  await board.typeRate('0.00001');
  await expect(board.slider).toHaveValue('-4');
});

test('the keys of the slider move it by stops, decades and to its ends', async ({ page }) => {
  const board = await new Board(page).open();
  for (const [key, rate] of [
    ['ArrowRight', '0.112'],
    ['ArrowRight', '0.126'],
    ['ArrowLeft', '0.112'],
    ['ArrowLeft', '0.1'],
    ['PageUp', '1'],
    ['PageDown', '0.1'],
    ['PageDown', '0.01'],
    ['Home', '0.0001'],
    ['ArrowLeft', '0.0001'],
    ['End', '10'],
  ] as const) {
    await board.slider.press(key);
    await expect(board.rate).toHaveValue(rate);
    await expect(board.slider).toHaveAttribute('aria-valuetext', `η = ${rate}`);
  }
  expect(await board.step()).toBe(0);
});

test('the slider moved by keys while it plays acts on the next step and resets nothing', async ({ page }) => {
  const board = await new Board(page).open();
  await page.getByRole('combobox', { name: 'Speed' }).selectOption('0.5×');
  await board.button('Play').click();
  await expect.poll(() => board.step()).toBeGreaterThan(0);
  const before = await board.step();
  for (let press = 0; press < 4; press++) await board.slider.press('ArrowLeft');
  await expect(board.rate).toHaveValue('0.0631');
  await expect(board.button('Pause')).toBeVisible();
  await expect.poll(() => board.step()).toBeGreaterThan(before + 1);
  await board.button('Pause').click();
  await expect(page).toHaveURL(/run=gd:0\.1,[^&]*0\.0631@\d+&/);
  await expect(board.row(await board.step())).toContainText('− 0.0631 ×');
});

test('the slider dragged while it plays acts on the next step and resets nothing', async ({ page }) => {
  const board = await new Board(page).open();
  await page.getByRole('combobox', { name: 'Speed' }).selectOption('0.5×');
  await board.button('Play').click();
  await expect.poll(() => board.step()).toBeGreaterThan(0);
  const before = await board.step();
  const box = await board.slider.boundingBox();
  if (!box) throw new Error('the slider does not show');
  // The hit area reaches 22 px beyond the scale on either side.
  const at = (exponent: number): number => box.x + 22 + ((exponent + 4) / 5) * (box.width - 44);
  const middle = box.y + box.height / 2;
  await page.mouse.move(at(-1), middle);
  await page.mouse.down();
  await page.mouse.move(at(-2), middle, { steps: 8 });
  const during = await board.step();
  expect(during).toBeGreaterThanOrEqual(before);
  await page.mouse.up();
  expect(Number(await board.rate.inputValue())).toBeCloseTo(0.01, 3);
  await expect.poll(() => board.step()).toBeGreaterThan(during);
  await board.button('Pause').click();
  await expect(page).toHaveURL(/run=gd:0\.1,[^&]*@\d+&/);
  await expect(board.row(await board.step())).toContainText(`− ${await board.rate.inputValue()} ×`);
});

test('a dragged rate has three digits', async ({ page }) => {
  const board = await new Board(page).open();
  const box = await board.slider.boundingBox();
  if (!box) throw new Error('the slider does not show');
  for (const share of [0.2, 0.37, 0.5, 0.77, 0.93]) {
    await page.mouse.click(box.x + share * box.width, box.y + box.height / 2);
    const digits = (await board.rate.inputValue()).replace(/e.*$/, '').replace('.', '').replace(/^0+/, '');
    expect(digits.length).toBeLessThanOrEqual(3);
  }
});

test('the buttons of the lesson set the rate and reset nothing', async ({ page }) => {
  const board = await new Board(page).open();
  await board.steps(2);
  await board.button('set η to 0.26').click();
  await expect(board.rate).toHaveValue('0.26');
  await expect(board.button('set η to 0.26')).toHaveAttribute('aria-pressed', 'true');
  expect(await board.step()).toBe(2);
  await expect(board.row(1)).toContainText('− 0.1 ×');
  await expect(board.row(2)).toContainText('− 0.26 ×');
});
