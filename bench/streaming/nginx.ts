import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { freePort } from '../../e2e/hub-process.ts'

const run = promisify(execFile)

/** Starts an nginx of Debian's package, unpacked into a folder of its own, on a free port of the loopback; it serves the files of a folder. */
export async function startNginx(
  folder: string,
  files: string,
): Promise<{ readonly origin: string } & AsyncDisposable> {
  const place = join(folder, 'nginx')
  await mkdir(join(place, 'logs'), { recursive: true })
  await run('apt-get', ['download', '-q', 'nginx'], { cwd: place })
  const [name = ''] = (await readdir(place)).filter((one) => one.endsWith('.deb'))
  await run('dpkg', ['-x', name, '.'], { cwd: place })
  const port = await freePort()
  const settings = join(place, 'nginx.conf')
  await writeFile(settings, configuration(place, files, port))
  // Its workers are those of whoever runs this: they read the files of the hub.
  await chmod(folder, 0o755)
  const server = spawn(join(place, 'usr/sbin/nginx'), ['-p', place, '-c', settings], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const ended = once(server, 'exit')
  const origin = `http://127.0.0.1:${port}`
  for (let tries = 0; tries < 100; tries += 1) {
    if (server.exitCode !== null) throw new Error('nginx did not start')
    if (
      await fetch(origin).then(
        () => true,
        () => false,
      )
    )
      break
    await pause(50)
  }
  return {
    origin,
    [Symbol.asyncDispose]: async () => {
      server.kill('SIGTERM')
      await ended
    },
  }
}

/** One process that works, as the hub is one. */
const configuration = (place: string, files: string, port: number): string => `
daemon off;
${process.getuid?.() === 0 ? 'user root;' : ''}
worker_processes 1;
error_log ${place}/logs/error.log;
pid ${place}/nginx.pid;
events { worker_connections 1024; }
http {
  access_log off;
  sendfile on;
  tcp_nopush on;
  client_body_temp_path ${place}/body;
  proxy_temp_path ${place}/proxy;
  fastcgi_temp_path ${place}/fastcgi;
  uwsgi_temp_path ${place}/uwsgi;
  scgi_temp_path ${place}/scgi;
  server { listen 127.0.0.1:${port}; root ${files}; }
}
`
