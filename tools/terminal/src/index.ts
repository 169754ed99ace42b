export { inSeconds } from './in-seconds.ts'
export { listenForStop, type StopRequests } from './listen-for-stop.ts'
export { complain, refuse, say } from './say.ts'
