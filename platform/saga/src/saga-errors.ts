/** A saga of this name and key was started before. */
export class SagaExistsError extends Error {
  override readonly name = 'SagaExistsError'
  constructor(saga: string, key: string) {
    super(`saga ${saga} was already started for ${key}: one key has one saga`)
  }
}

/** Sagas of one definition that this engine does not have. */
export interface UnknownSagas {
  readonly saga: string
  readonly version: number
  readonly count: number
  /** A few of their ids. */
  readonly ids: readonly string[]
  /** The version is known, but its steps are others. */
  readonly isChanged: boolean
}

/** Sagas are on their way by definitions this engine does not have; it moves none of them. */
export class SagaVersionUnknownError extends Error {
  override readonly name = 'SagaVersionUnknownError'
  readonly unknown: readonly UnknownSagas[]
  constructor(unknown: readonly UnknownSagas[]) {
    super(['sagas are on their way by definitions that are not here:', ...unknown.map(described)].join('\n'))
    this.unknown = unknown
  }
}

function described({ saga, version, count, ids, isChanged }: UnknownSagas): string {
  const which = `${count} of ${saga} v${version} (${ids.join(', ')}${count > ids.length ? ', …' : ''})`
  return isChanged
    ? `  ${which}: its steps were changed; give the changed definition version ${version + 1} and keep the old one until these have ended`
    : `  ${which}: serve the definition of version ${version} until these have ended`
}
