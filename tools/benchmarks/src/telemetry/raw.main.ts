import { serveRaw } from '../rpc/servers/raw.ts'
import { serveSide } from '../serve-side.ts'
import { stayAwake } from '../stay-awake.ts'

// Whoever calls is measured against this side: it answers prepared bytes, and never sleeps while it is called.
const port = serveRaw()
let mayRest: (() => void) | undefined

serveSide({
  port: () => port,
  begin: () => Promise.resolve(void (mayRest ??= stayAwake())),
  end() {
    mayRest?.()
    mayRest = undefined
    return Promise.resolve()
  },
})
