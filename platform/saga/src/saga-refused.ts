/** A saga is defined in a way that cannot be kept safe; every problem is listed. */
export class SagaRefusedError extends Error {
  override readonly name = 'SagaRefusedError'
  readonly problems: readonly string[]
  constructor(saga: string, problems: readonly string[]) {
    super([`saga ${saga} is refused:`, ...problems.map((problem) => `  ${problem}`)].join('\n'))
    this.problems = problems
  }
}
