import { spawn } from 'node:child_process'
import type { Writable } from 'node:stream'

// Keeps a list of `<signal>:<pid>`; sends them all once nobody can write to it any longer.
const script = `
watched=
while read -r what each; do
  case $what in
    watch) watched="$watched $each" ;;
    forget)
      kept=
      for other in $watched; do [ "$other" = "$each" ] || kept="$kept $other"; done
      watched=$kept
      ;;
  esac
done
for each in $watched; do kill -s "\${each%%:*}" "\${each#*:}" 2>/dev/null; done
`

// One for all that this process has begun, as it ends but once: a shell for each of them would take 2 MB each.
let guard: Writable | undefined

/**
 * Has a process ended should this one be killed without a chance to do so itself: a small shell waits for our end of a
 * pipe to close. Calling what it gives takes that back. Does nothing where there is no `sh`.
 */
export function endWithUs(pid: number, signal: 'INT' | 'TERM'): () => void {
  guard ??= openGuard()
  const told = guard
  told.write(`watch ${signal}:${pid}\n`)
  return () => void told.write(`forget ${signal}:${pid}\n`)
}

function openGuard(): Writable {
  const shell = spawn('sh', ['-c', script], { stdio: ['pipe', 'ignore', 'ignore'], detached: true, cwd: '/' })
  // No shell, no guard: what is left behind is ended by the next start.
  shell.on('error', () => undefined)
  shell.stdin.on('error', () => undefined)
  shell.unref()
  return shell.stdin
}
