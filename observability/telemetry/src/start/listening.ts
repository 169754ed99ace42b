import { connect } from 'node:net'

/** Whether somebody listens at an address, looked up now and then while nobody does. */
export interface Listening {
  readonly isListening: boolean
  /** Looks at once: after a failure, or at the start. Never rejects. */
  look(): Promise<void>
  close(): void
}

export interface ListeningOptions {
  /** How long to wait between looks while nobody listens. */
  readonly everyMs?: number
  /** Called whenever somebody begins to listen; `isListening` is true when it has settled. */
  readonly onBegin?: () => Promise<void>
  /** Called when nobody listens any more. */
  readonly onEnd?: () => void
}

/** How long an answer may take: on this machine or beside it, it is a matter of milliseconds. */
const patienceMs = 500

/** Watches an address. Keeps no process alive. */
export function watchListening(url: URL, options: ListeningOptions = {}): Listening {
  const { everyMs = 3000, onBegin = () => Promise.resolve(), onEnd = () => undefined } = options
  let isListening = false
  let isClosed = false
  let looking: Promise<void> | undefined
  let timer: NodeJS.Timeout | undefined

  async function look(): Promise<void> {
    clearTimeout(timer)
    const answers = await answersAt(url)
    if (answers && !isListening) await onBegin().catch(() => undefined)
    if (!answers && isListening) onEnd()
    isListening = answers && !isClosed
    if (!isListening && !isClosed) timer = setTimeout(() => void lookOnce(), everyMs).unref()
  }

  function lookOnce(): Promise<void> {
    looking ??= look().finally(() => (looking = undefined))
    return looking
  }

  return {
    get isListening() {
      return isListening
    },
    look: lookOnce,
    close() {
      isClosed = true
      isListening = false
      clearTimeout(timer)
    },
  }
}

function answersAt({ hostname, port, protocol }: URL): Promise<boolean> {
  const host = hostname.replace(/^\[(.*)\]$/, '$1')
  return new Promise((resolve) => {
    const socket = connect({ host, port: Number(port === '' ? (protocol === 'https:' ? 443 : 80) : port), timeout: patienceMs })
    const answer = (answers: boolean) => () => {
      socket.destroy()
      resolve(answers)
    }
    socket.once('connect', answer(true)).once('error', answer(false)).once('timeout', answer(false))
  })
}
