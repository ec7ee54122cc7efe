/**
 * The page's one state and its verbs. What a person can change is the Experiment, kept as text; all
 * else is derived from it, but for what is playing, open or focused.
 */
import type { TemplateResult } from 'lit';
import type { Diagnostic, Experiment, Form, Gear, GraphView, Language, NodeView, Report, Scale } from 'chalkgrad-engine';
import type { Divergence } from './divergence';
import { Draft } from './draft';
import { Drive } from './drive';
import { Faulty, Panicked, type Bench, type Iterate, type Numbers, type Pictures, type Placing } from './engine';
import { Faults } from './faults';
import { Beside } from './beside';
import { Guessing } from './guessing';
import { AddressBar } from './address';
import { Copying } from './copying';
import { faultsNote, note, Notices } from './notes';
import { Opening } from './opening';
import { Outlook } from './outlook';
import { Lessons } from './lessons';
import { Links } from './links';
import { lossOf, parametersOf, soleParameterOf } from './rules/parts';
import type { Speed } from './rules/pace';
import type { Prospects } from './prospects';
import { Readings } from './readings';
import { Recovery } from './recovery';
import { Speech } from './speech';
import type { MessageKey, PlainValues, Values } from './text';
import type { Walk } from './walk';
import { Walking } from './walking';
import { Watchers, type Topic } from './watch';
import { Why } from './why';

export class Session {
  readonly #bench: Bench;
  readonly #drive: Drive;
  readonly #address: AddressBar;
  readonly #watchers = new Watchers();
  readonly #standard: Experiment;
  readonly #draft: Draft;
  readonly #opening: Opening;
  readonly #links: Links;
  readonly #walking: Walking;
  readonly #readings: Readings;
  readonly #recovery = new Recovery();
  readonly notices = new Notices(() => this.#watchers.tell('notes'));
  /** Who finds what is wrong with a program, and reads it otherwise. At times faults are told in other words: of another language, or at last in some. */
  readonly faults = new Faults(() => {
    this.#draft.readAgain();
    this.#watchers.tell('draft', 'notes');
  });
  readonly lessons: Lessons;
  readonly guessing: Guessing;
  /** What of the page shows, and how the graph is drawn. */
  readonly outlook = new Outlook(() => this.#watchers.tell('graph'), () => this.#watchers.tell('view'));
  readonly copying = new Copying(async () => {
    this.#said = undefined;
    await this.#links.pack(this.program);
    this.#address.flush();
    return this.#written();
  }, isCopied => {
    this.#said = isCopied ? 'status.copied' : undefined;
    this.#watchers.tell(isCopied ? 'numbers' : 'notes');
  });
  /** The runs beside the one at hand. */
  readonly beside: Beside;
  readonly #why = new Why(() => this.#watchers.tell('numbers'));
  #experiment: Experiment;
  /** What the sender of a link saw: compared when its step is reached. */
  #expected: { step: number; check: string } | undefined;
  /** Where a run begins whose parameters came with the link; null where other runs are still on their way there. */
  #base: { step: number; state: number[] } | null | undefined;
  readonly #speech = new Speech(() => this.#watchers.tell('language', 'draft'));
  #graph!: GraphView;
  #report!: Report;
  #firstLoss = NaN;
  #said: MessageKey | undefined;
  /** How many links and programs were opened: of two that take their time the later one counts. */
  #opened = 0;

  /** Opens the link in the address. */
  static async begin(bench: Bench): Promise<Session> {
    const session = new Session(bench);
    await session.open(location.hash);
    return session;
  }

  private constructor(bench: Bench) {
    this.#bench = bench;
    this.#drive = new Drive(bench, report => this.#take(report));
    this.#draft = new Draft(text => this.#diagnose(text));
    this.#experiment = this.#standard = bench.readLink('').experiment;
    this.#opening = new Opening(bench, this.#standard);
    this.lessons = new Lessons(this.#standard, this.#opening, () => this.#experiment);
    this.#links = new Links(bench, this.#standard, lesson => this.lessons.programOf(lesson), text => this.notices.add(note('note.unwritable', { text }), true));
    this.#readings = new Readings(bench, () => this.#report.diverged?.step ?? this.#report.step);
    const session = this;
    this.beside = new Beside({
      bench,
      get experiment() { return session.#experiment; },
      begin: () => this.#begin(),
      reopen: () => this.#reopen(),
      regrouped: otherwise => this.#regroup(otherwise),
      look: otherwise => this.look(otherwise),
    }, this, () => this.#watchers.tell('pointed'));
    this.#walking = new Walking(bench, {
      get graph() { return session.#graph; },
      get language() { return session.language; },
      get step() { return session.#report.step; },
      reopen: () => this.#reopen(),
      advance: () => this.#take(bench.advance(1)),
      seek: step => this.#drive.seek(step),
      moved: () => this.#walked(),
      get guessing() { return session.guessing; },
      notices: this.notices,
    });
    this.guessing = new Guessing(bench, this, () => this.#walking.enter());
    this.#address = new AddressBar(() => this.#written(), hash => void this.open(hash));
  }

  /** Calls back whenever one of the topics changes, until the returned function is called. */
  watch(topics: readonly Topic[], changed: () => void): () => void {
    return this.#watchers.add(topics, changed);
  }

  // What is

  get language(): Language { return this.#speech.language; }
  get graph(): GraphView { return this.#graph; }
  get report(): Report { return this.#report; }
  get isPlaying(): boolean { return this.#drive.isPlaying; }
  get isFollowable(): boolean { return this.#drive.isFollowable; }
  get speed(): Speed { return this.#drive.speed; }
  /** What one step of the transport is: a whole update, or one operator. */
  get gear(): Gear { return this.#experiment.gear; }
  /** The walk inside the step at hand; nothing while whole updates are looked at. */
  get walk(): Walk | undefined { return this.gear === 'operator' || this.#walking.at > 0 ? this.#walking.walk : undefined; }
  get scale(): Scale { return this.#experiment.scale; }
  get form(): Form { return this.#experiment.form; }
  get isGuessing(): boolean { return this.#experiment.guess; }
  get program(): string { return this.#experiment.program; }
  /** The run as a link writes it, with the timeline of its learning rates. */
  get run(): string { return this.#experiment.runs[this.#experiment.selected] ?? ''; }
  /** The text for the editor: a program that could not be opened is not lost. */
  get draft(): string { return this.#draft.text ?? this.#experiment.program; }
  /** Whether that is another text than the program's on the page. */
  get hasDraft(): boolean { return this.#draft.isThere; }
  /** Whether the page shows the last program that had no fault, and not what is written now. */
  get isStale(): boolean { return this.#draft.hasFault; }
  /** What is wrong, or doubtful, with the text for the editor. */
  get diagnostics(): readonly Diagnostic[] { return this.#draft.isThere ? this.#draft.diagnostics : this.#diagnose(this.program); }
  /** Why the run stands still; nothing where it has not diverged. */
  get divergence(): Divergence | undefined { return this.#why.divergence; }
  /** What runs will do; nothing until somebody is here to find it out. */
  prospects: Prospects | undefined;
  get pictures(): Pictures { return this.#bench; }
  /** Whether the program is the first lesson's own. */
  get isLesson(): boolean { return this.lessons.place === 1; }
  /** What was said last that is no step, until the next step. */
  get said(): MessageKey | undefined { return this.#said; }

  get loss(): NodeView { return lossOf(this.#graph); }
  /** How many numbers are trained. */
  get trained(): number { return parametersOf(this.#graph).reduce((sum, { rows, columns }) => sum + rows * columns, 0); }
  get parameter(): NodeView | undefined { return soleParameterOf(this.#graph); }
  /** The loss at step 0. */
  get firstLoss(): number { return this.#firstLoss; }

  /** The graph, placed otherwise than `graph` is. */
  placed(placing: Placing): GraphView { return this.#bench.place(placing); }

  get numbers(): Numbers { return this.#readings.numbers; }
  /** The numbers as far as the walk has come. */
  get known(): Numbers { return this.walk?.shown(this.numbers) ?? this.numbers; }

  /** Rows of the table around the present step, with so many before it. */
  rows(before?: number): Iterate[] { return this.#readings.rows(before); }

  row(step: number): Iterate | undefined { return this.rows().find(row => row.step === step); }

  short(value: number): string { return this.#bench.short(value); }
  full(value: number): string { return this.#bench.full(value); }
  say(key: MessageKey, values?: PlainValues): string { return this.#speech.say(key, values); }
  show(key: MessageKey, values?: Values): TemplateResult { return this.#speech.show(key, values); }

  // Verbs of the transport

  playOrPause(): void { this[this.isPlaying ? 'pause' : 'play'](); }

  play(): void {
    this.#begin();
    if (this.gear === 'update' && this.guessing.game?.isOn) this.step();
    else if (this.gear === 'operator') void this.#walking.enter().then(walk => walk && this.#run(() => this.#playMove()));
    else this.#run();
  }

  pause(): void {
    if (!this.isPlaying) return;
    this.#drive.halt();
    this.#address.flush();
    this.#watchers.tell('transport', 'numbers');
  }

  step(gear: Gear = this.gear): void {
    this.#begin();
    this.pause();
    if (gear === 'update' && this.guessing.game?.asks()) return;
    if (gear === 'operator') void this.#walking.enter().then(walk => walk?.move(1));
    else this.#take(this.#bench.advance(1));
  }

  stepBack(gear: Gear = this.gear): void {
    this.#begin();
    this.pause();
    if (gear === 'operator') void this.#walking.enter().then(walk => walk?.move(-1));
    else if (this.#walking.at > 0) this.#walking.walk?.stand(0);
    else if (this.#report.step > 0) this.#drive.seek(this.#report.step - 1);
  }

  /** To the first step, or to the first move of the walk; all that has been stays. */
  toStart(gear: Gear = this.gear): void {
    this.#begin();
    this.pause();
    if (gear === 'operator' && this.#walking.at > 0) this.#walking.walk?.stand(0);
    else this.#drive.seek(0);
  }

  /** A new run from the start, with the learning rate that is in force or another one. */
  restart(rate?: number): void {
    this.#begin();
    this.pause();
    this.#take(this.#bench.reset());
    if (rate !== undefined) this.#take(this.#bench.setLearningRate(rate));
    this.#keepRun();
    this.#address.flush();
  }

  /** To the furthest step that was reached, or to the last move of the walk. */
  toEnd(gear: Gear = this.gear): void {
    this.#begin();
    this.pause();
    if (gear === 'operator' && !this.#walking.walk?.isAtEnd) void this.#walking.enter().then(walk => walk?.stand(Infinity));
    else this.#drive.seek(this.#report.head);
  }

  setSpeed(speed: Speed): void {
    this.#drive.setSpeed(speed);
    this.#watchers.tell('transport');
  }

  // Verbs of the experiment

  /** Acts on the next step; nothing is reset. `settled` where the hand has let go. False where the run takes no more rates. */
  setLearningRate(rate: number, settled: boolean): boolean {
    this.#begin();
    try {
      this.#take(this.#bench.setLearningRate(rate));
      this.#keepRun();
    } catch (error) {
      if (error instanceof Panicked || !(error instanceof Error)) throw error;
      return false;
    }
    if (!settled) return true;
    // A run that had stopped before the others goes on to where they are.
    if (this.#experiment.runs.length > 1) this.#drive.seek(this.#report.step);
    this.#address.flush();
    return true;
  }

  /** Goes inside the steps, or looks at whole ones again. */
  async setGear(gear: Gear): Promise<void> {
    this.#begin();
    this.pause();
    // What is pressed meanwhile is meant for this gear.
    this.#experiment = { ...this.#experiment, gear };
    const walk = gear === 'operator' ? await this.#walking.enter() : this.#walking.walk;
    if (!walk) this.#experiment = { ...this.#experiment, gear: 'update' };
    if (walk) walk.stand(this.gear === 'update' ? 0 : walk.at);
    else this.#walked();
  }

  /** Shows the same otherwise: the scale of the loss, the form of derivations, with points to be guessed or without. */
  look(otherwise: Partial<Pick<Experiment, 'scale' | 'form' | 'guess' | 'hidden'>>): void {
    this.#experiment = { ...this.#experiment, ...otherwise };
    this.#address.flush();
    this.#watchers.tell('view', 'graph', 'numbers');
  }

  setLanguage(language: Language): void {
    this.#experiment = { ...this.#experiment, language };
    this.#speak(language);
    this.#address.flush();
  }

  themeChanged(): void { this.#watchers.tell('theme'); }
  foresaw(): void { this.#watchers.tell('prospects'); }

  /** Opens a program in place of this one; Back returns. It must be without faults. */
  async useProgram(program: string, ofLesson?: string, view: Partial<Experiment> = {}): Promise<void> {
    const mine = (this.#opened += 1);
    const [isEquipped, lesson] = await Promise.all([this.#opening.equip(program, view.runs), ofLesson ?? this.lessons.of(program), this.#links.pack(program)]);
    if (mine !== this.#opened) return;
    if (!isEquipped) return this.notices.lost();
    this.#begin();
    this.notices.begin();
    this.#address.turn(() => this.#load({ ...this.#opening.standardWith(program, this.#experiment), lesson, ...view }));
  }

  /** Opens a lesson with its own program, or the first one where there is no such lesson. */
  async useLesson(key = this.#standard.lesson): Promise<void> {
    if (!(await this.lessons.fetch()) && key !== this.#standard.lesson) return this.notices.lost();
    await this.useProgram(this.lessons.programOf(key) ?? this.#standard.program, key, this.lessons.viewOf(key));
  }

  /**
   * Puts a version of the program in its place: a new run with the rate in force, all else as it is. `settled` where
   * the hand has let go. False where it has a fault.
   */
  revise(program: string, settled: boolean): boolean {
    this.#begin();
    this.#bench.reset();
    const isTaken = this.#load({ ...this.#experiment, program, runs: this.#bench.runs(), step: 0 }, true);
    if (settled) void this.#links.pack(this.program).then(() => this.#address.touch());
    return isTaken;
  }

  /** Another method for the run at hand: a new run from the start, replayed to the step where this one stands. */
  async setMethod(run: string): Promise<void> {
    const opened = this.#opened;
    if (!(await this.#opening.equip(this.program, [run]))) return this.notices.lost();
    if (opened !== this.#opened) return;
    this.#begin();
    const runs = this.#experiment.runs.with(this.#experiment.selected, run);
    if (this.#load({ ...this.#experiment, runs }, true)) this.#address.flush();
  }

  /** Keeps what is written in the editor; it is not run yet. */
  write(text: string): void {
    this.#draft.keep(text === this.program ? undefined : text);
    this.#watchers.tell('draft');
  }

  /** Opens a link. What can't be read of it is noted and takes its default. */
  async open(hash: string): Promise<void> {
    const mine = (this.#opened += 1);
    // Whatever it unpacks to, a start's engine is not for it.
    const { experiment, notes } = await this.lessons.fill(hash, await this.#links.read(hash, () => this.#opening.equip(undefined)));
    await this.#opening.equip(experiment.gear === 'operator' || experiment.at > 0 ? undefined : experiment.program, experiment.runs);
    if (experiment.guess) await this.guessing.fetch();
    if (mine !== this.#opened) return;
    this.notices.begin(notes);
    this.#load(experiment);
    this.#address.settle();
  }

  /** After a panic: the same on a fresh engine, or the first lesson. Returns whether the page can go on. */
  recover(panic: Panicked): boolean {
    return this.#recovery.meet(panic, (isFirst, { message: text }) => {
      if (!isFirst) this.#draft.keep(this.#experiment.program);
      this.notices.begin([note(isFirst ? 'note.panic' : 'note.panicAgain', { text })]);
      if (isFirst) this.#reopen();
      else this.#load(this.#standard);
    });
  }

  // How it is done

  /** `isVersion` of the program that is open, which stays where it has a fault. Whether it is what was wanted. */
  #load(wanted: Experiment, isVersion = false): boolean {
    this.#drive.begin();
    this.#explain(false);
    if (!isVersion) this.#speak(wanted.language);
    const opened = this.#opening.open(wanted, isVersion ? this.#experiment : undefined);
    const { check, state, ...experiment } = opened.experiment;
    this.#graph = opened.graph;
    if (opened.refusal && !isVersion) {
      this.#draft.keep(wanted.program);
      void this.#refuse(opened.refusal, wanted.program);
    }
    this.#base = state && { step: experiment.step, state };
    if (experiment.program === this.#draft.text) this.#draft.keep(undefined);
    if (experiment.program !== this.#experiment.program && !isVersion) this.outlook.reset();
    this.#experiment = experiment;
    this.#expected = check === undefined ? undefined : { step: experiment.step, check };
    this.#said = undefined;
    if (!isVersion) this.#walking.leave();
    else if (this.#walking.renew(experiment.at)) this.#experiment = { ...experiment, at: this.#walking.at };
    this.#report = this.#bench.report();
    this.#firstLoss = this.#report.loss;
    this.#readings.forget();
    this.#watchers.tell('program', 'draft', 'language', 'view', 'transport', 'notes', 'rate', 'numbers');
    if (experiment.step > 0) this.#drive.seek(experiment.step);
    else this.#explain(this.#report.diverged !== undefined);
    if (experiment.runs.length > 1 || experiment.scale === 'distance') void this.beside.want();
    if (!this.#walking.walk && (experiment.gear === 'operator' || experiment.at > 0)) void this.#walking.resume(experiment.at, () => this.#drive.target !== undefined);
    return !opened.refusal;
  }

  #diagnose(program: string): Diagnostic[] { return this.faults.of(program, this.language); }

  /** Tells why a program is not on the page, as well as it can be told. */
  async #refuse(refusal: Error, program: string): Promise<void> {
    const isTold = refusal instanceof Faulty && (await this.faults.want());
    if (program !== this.#draft.text) return;
    const faults = (): Diagnostic[] => this.#diagnose(program).filter(({ severity }) => severity === 'fault');
    this.notices.add(isTold ? faultsNote(faults) : note('note.run', { text: refusal.message }));
  }

  #speak(language: Language | undefined): void {
    void this.#speech.speak(language);
    this.#draft.readAgain();
  }

  /** Whatever a person does starts afresh, where a replay has come to: no stale message, no memory of breakdowns. */
  #begin(): void {
    this.#said = undefined;
    this.#recovery.forget();
    if (this.#drive.target === undefined) return;
    this.#drive.halt();
    this.#expected = undefined;
    this.#report = this.#bench.report();
    this.#arrive(this.#report.step);
  }

  #run(move?: () => boolean): void {
    this.#drive.play(move);
    this.#watchers.tell('transport');
  }

  /** Plays one move; whether there is another. */
  #playMove(): boolean {
    if (this.#report.still) return false;
    void this.#walking.enter().then(walk => walk?.move(1));
    return true;
  }

  #walked(): void {
    this.#experiment = { ...this.#experiment, at: this.#walking.at };
    this.#address.touch();
    this.#watchers.tell('walk', 'numbers', 'view', 'transport');
  }

  /** The same experiment on the engine that the bench has now. */
  #reopen(): void {
    const { step } = this.#experiment;
    this.#load({ ...this.#experiment, ...this.#base });
    if (step !== this.#experiment.step) this.#drive.seek(step);
  }

  #take(report: Report): void {
    const rateMoved = report.learningRate !== this.#report.learningRate;
    this.#report = report;
    this.#readings.forget();
    this.#walking.ran(this.#drive.target === undefined);
    if (this.#drive.target === undefined) this.#arrive(report.step);
    if (report.still) this.pause();
    this.#explain(report.diverged !== undefined && this.#drive.target === undefined);
    this.#address.touch();
    this.#watchers.tell('numbers', ...(rateMoved ? (['rate'] as const) : []));
  }

  #explain(isDiverged: boolean): void {
    if (isDiverged) void this.#why.find({ ...this.#experiment, runs: this.#bench.runs(), step: 0, ...this.#base }, this.#report.diverged?.step ?? 0);
    else this.#why.forget();
  }

  #arrive(step: number): void {
    const expected = this.#expected;
    this.#expected = undefined;
    this.#experiment = { ...this.#experiment, step, at: this.#walking.at };
    if (this.#base === null) {
      const state = this.#bench.state();
      this.#base = state && { step, state };
    }
    if (expected && (expected.step !== step || this.#bench.check() !== expected.check)) this.notices.add(note('note.check'));
  }

  /** There are other runs, or another one is at hand; a new one is to come as far as the others are. */
  #regroup(otherwise: Partial<Experiment>): void {
    const { step } = this.#experiment;
    this.#expected = undefined;
    this.#why.forget();
    this.#experiment = { ...this.#experiment, ...otherwise, runs: this.#bench.runs() };
    if (this.#base) this.#base = null;
    this.#watchers.tell('view', 'rate');
    this.#drive.seek(step);
    this.#address.flush();
  }

  /** Brings the text of the run up to date: a breakdown goes back to it, and a link is made of it. */
  #keepRun(): void {
    this.#experiment = { ...this.#experiment, runs: this.#bench.runs() };
    this.#watchers.tell('rate');
  }

  #written(): string | undefined {
    const { target } = this.#drive;
    return this.#links.write({ ...this.#experiment, step: target ?? this.#experiment.step }, target !== undefined);
  }
}
