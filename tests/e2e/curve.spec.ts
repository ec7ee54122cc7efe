import type { Page } from '@playwright/test';
import { Board } from './board';
import { pack } from './packing';
import { expect, test } from './test';

test('the function curve says where the run stands and reads out iterates under the pointer', async ({ page }) => {
  const board = await new Board(page).open();
  await expect(board.function).toHaveAccessibleName('y as a function of x: at step 0, x = 2 and y = 16, the slope is 16');
  await board.steps(3);
  await expect(board.function).toHaveAccessibleName('y as a function of x: at step 3, x = 0.016 and y = 0.001024, the slope is 0.128');
  await expect(page.locator('.p-curve .reading')).toHaveText('x = 0.016, y = 0.001024');
  const readout = page.locator('.readout');
  // The iterates run down below the curve: any place of a row reads its step.
  for (const [down, text] of [[0.74, 'step 0: x = 2, y = 16'], [0.77, 'step 1: x = 0.4, y = 0.64']] as const) {
    await expect(async () => {
      await board.pointAt(board.function, 0.5, down + Math.random() * 0.01);
      await expect(readout).toHaveText(text, { timeout: 200 });
    }).toPass();
  }
  await page.mouse.move(0, 0);
  await expect(readout).toHaveCount(0);
});

test('every canvas has its numbers as a table', async ({ page }) => {
  const board = await new Board(page).open('run=gd:0.24&step=5');
  await board.button('The loss by step: Show the numbers').click();
  const loss = page.getByRole('table', { name: 'The loss by step' });
  await expect(loss.getByRole('row')).toHaveCount(7);
  await expect(loss.getByRole('row').nth(2)).toHaveText(/1\s*13\.54/);
  await board.steps(1);
  await expect(loss.getByRole('row')).toHaveCount(8);
  await board.button('Values of the function: Show the numbers').click();
  const values = page.getByRole('table', { name: 'Values of the function' });
  await expect(values.getByRole('row')).toHaveCount(26);
  await expect(values.getByRole('row').nth(1)).toHaveText(/−3\s*36/);
  await board.button('The loss by step: Show the picture').click();
  await expect(board.curve).toBeVisible();
});

test('the table of a long run joins steps, and says between which values they lie', async ({ page }) => {
  const board = await new Board(page).open('run=gd:0.24&step=5000');
  await board.button('The loss by step: Show the numbers').click();
  const rows = page.getByRole('table', { name: 'The loss by step' }).getByRole('row');
  await expect(rows.nth(1)).toHaveText(/0–\d+/);
  expect(await rows.count()).toBeLessThanOrEqual(201);
});

test('a program with several parameters has no function curve', async ({ page }) => {
  const board = await new Board(page).open(`p=${pack('param a = 1\nparam b = 1\nL = a^2 + b^2')}`);
  await expect(board.function).toHaveCount(0);
  await expect(board.curve).toBeVisible();
});

/** The colours of a picture, and how often each occurs. */
async function colours(page: Page, board: Board): Promise<Map<string, number>> {
  const found = await board.function.evaluate((canvas: HTMLCanvasElement) => {
    const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
    const counted = new Map<string, number>();
    for (let at = 0; at < pixels.length; at += 4) {
      const colour = [pixels[at], pixels[at + 1], pixels[at + 2]].join(' ');
      counted.set(colour, (counted.get(colour) ?? 0) + 1);
    }
    return [...counted];
  });
  await page.mouse.move(0, 0);
  return new Map(found);
}

test('curve, tangent, update and iterates are painted in their colours, sharply, at once', async ({ page, unseen }) => {
  await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: 'light' });
  const board = await new Board(page).open();
  await board.steps(1);
  await expect.poll(async () => (await colours(page, board)).get('11 122 102') ?? 0).toBeGreaterThan(30);
  const found = await colours(page, board);
  for (const ink of ['25 28 31', '179 71 0', '106 59 184']) expect(found.get(ink) ?? 0, ink).toBeGreaterThan(10);
  expect(unseen.splice(0).filter(message => !message.includes('willReadFrequently'))).toEqual([]);
});

test('a function that is slow to compute shows at once and becomes finer, and the page answers', async ({ page }) => {
  const board = await new Board(page).open(`p=${pack('param x = 1.5\ny = x\nrepeat 200 { y = tanh(y) + sin(y) / 9 }\nL = y^2 + x^2 / 9')}`);
  await expect(board.function).toBeVisible();
  await board.steps(2);
  await expect(board.status).toContainText('Step 2.');
});
