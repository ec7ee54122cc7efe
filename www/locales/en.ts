import type { enSeldom } from './en-seldom';

/**
 * The texts of the page, in English, but for what a start does not show. `*x*` is set in italics as mathematics, `**x**` bold, and
 * `{name}` is filled in; see text.ts.
 */
export const en = {
  'app.title': 'Chalkgrad: backpropagation made visible',
  'app.loading': 'Loading the engine …',
  'app.failed': 'The engine could not be loaded: {reason}',
  'app.retry': 'Try again',

  'top.skip': 'To the controls',
  'top.lessons': 'Lessons',
  'top.previous': 'Previous lesson',
  'top.next': 'Next lesson',
  'top.language': 'Language',
  'top.dark': 'Dark theme',
  'top.copy': 'Copy link',
  'top.program': 'Program: {line}. Open the editor',

  'panel.tabs': 'Panels',
  'panel.lesson': 'Lesson',
  'panel.graph': 'Graph',
  'panel.curve': 'Curve',
  'panel.loss': 'Loss',
  'panel.table': 'Table',

  'lesson.title': 'Learning rate',
  'lesson.fold': 'Fold the lesson',
  'lesson.unfold': 'Open the lesson',
  'lesson.intro': 'Gradient descent moves {x} against the slope. For {y} = 4{x}² the slope is 8{x}, so',
  'lesson.factor': 'Each step multiplies {x} by one number. Choose a rate, then press Play:',
  'lesson.set': 'set *η* to {rate}',
  'lesson.does1': '× −7, it flies apart',
  'lesson.does026': '× −1.08, it climbs out',
  'lesson.does025': '× −1, it never settles',
  'lesson.does024': '× −0.92, it swings in',
  'lesson.does01': '× 0.2, it falls straight',
  'lesson.edge': 'The edge lies where the factor is −1: at *η* = 2/8. ↺ starts again from {x} = 2.',

  'lesson.beside': 'Four rates side by side',

  'graph.label': 'Computation graph of {loss}',
  'graph.arrows': 'Operators on their arrows',
  'graph.node': '{name}, value {value}, gradient {gradient}',
  'graph.operator': 'operator {name}, local derivative {local}',
  'graph.operator.plain': 'operator {name}',

  'update.title': 'Next step',
  'update.last': 'Last step',
  'optimizer.gd': 'Gradient descent',

  'runs.add': 'Add run',

  'loss.title': 'Loss {loss}',
  'loss.scale': 'Scale of the loss',
  'loss.linear': 'linear',
  'loss.log': 'log',
  'loss.start': 'Loss curve: {loss} is {now} at step 0',
  'loss.label': 'Loss curve: {loss} goes from {first} at step 0 to {now} at step {step} of {head}',
  'loss.at': '{loss} = {value}',
  'loss.read': 'step {step}: {loss} = {value}',
  'loss.missing': 'Values of 0 and below have no place on this scale.',
  'loss.table': 'The loss by step',

  'curve.title': 'Function',
  'curve.label': '{loss} as a function of {name}: at step {step}, {name} = {value} and {loss} = {now}, the slope is {slope}',
  'note.unloaded': 'A part of the page could not be loaded. Check the connection and try again.',
  'curve.at': '{name} = {value}, {loss} = {now}',
  'curve.read': 'step {step}: {name} = {value}, {loss} = {now}',
  'curve.table': 'Values of the function',
  'guess.title': 'Guess first',

  'chart.step': 'step',
  'chart.start': 'start',
  'chart.slope': 'slope',
  'chart.asTable': 'Show the numbers',
  'chart.asPicture': 'Show the picture',

  'table.title': 'Iterates',
  'table.step': 'step',
  'table.new': 'new {name}',

  'status.start': '**Step 0.** {name}\u00a0=\u00a0{value}, {loss}\u00a0=\u00a0{now}.',
  'status.step': '**Step {step}.** {update}; {change}.',
  'status.stepBack': '**Step {step} of {head}.** {update}; {change}.',
  'status.falls': '{loss} falls from {before} to {now}',
  'status.rises': '{loss} rises from {before} to {now}',
  'status.stays': '{loss} stays at {now}',
  'status.replaying': '**Replaying.** {pending} steps to go.',

  'transport.label': 'Transport',
  'transport.toStart': 'To start',
  'transport.restart': 'Restart with this rate',
  'transport.stepBack': 'Step back',
  'transport.play': 'Play',
  'transport.pause': 'Pause',
  'transport.step': 'Step',
  'transport.toEnd': 'To end',
  'transport.key': '{name} ({key})',
  'transport.speed': 'Speed',
  'transport.max': 'max',
  'key.space': 'Space',
  'key.right': '→',
  'key.left': '←',
  'key.home': 'Home',
  'key.end': 'End',
  'key.restart': 'R',
  'gear.label': 'One step is',
  'gear.update': 'a whole update',
  'gear.operator': 'one operator',
  'phase.forward': 'forward',
  'phase.backward': 'backward',
  'phase.update': 'update',

  'rate.label': 'Learning rate',
  'rate.value': 'Learning rate value',
  'rate.spoken': 'η = {rate}',
  'rate.hint': 'acts on the next step',

  'notes.label': 'Notices',
} as const;

/** The key of a text. */
export type MessageKey = keyof typeof en | keyof typeof enSeldom;

/** A language is complete when it has every key: the compiler holds it. */
export type Catalogue = Readonly<Record<MessageKey, string>>;
