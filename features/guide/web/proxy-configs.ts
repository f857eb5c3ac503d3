export const proxies = ['caddy', 'nginx'] as const
export type ProxyName = (typeof proxies)[number]

const writers: Record<ProxyName, (host: string, port: string) => string> = {
  // Caddy fetches and renews the certificate itself, and tells of visitors by itself.
  caddy: (host, port) => `${host} {
  reverse_proxy 127.0.0.1:${port}
}`,

  // The visitor's address is set, not appended to what the visitor sent: else anybody could pretend to be another.
  nginx: (host, port) => `server {
  listen 80;
  listen [::]:80;
  server_name ${host};
  return 301 https://$host$request_uri;
}

server {
  listen 443 ssl;
  listen [::]:443 ssl;
  server_name ${host};
  ssl_certificate     /etc/letsencrypt/live/${host}/fullchain.pem;
  ssl_certificate_key /etc/letsencrypt/live/${host}/privkey.pem;
  client_max_body_size 2g;

  location / {
    proxy_pass http://127.0.0.1:${port};
    proxy_http_version 1.1;
    proxy_set_header Host $host;
    proxy_set_header X-Forwarded-For $remote_addr;
    proxy_set_header X-Forwarded-Proto $scheme;
    proxy_buffering off;
    proxy_request_buffering off;
  }
}`,
}

/** A whole site for the proxy, with the shop's own name in it. */
export function writeProxyConfig(proxy: ProxyName, host: string, port: string): string {
  return writers[proxy](host, port)
}

/** How Tropa is started behind it: it listens to the proxy alone. */
export function writeStartCommand(host: string): string {
  return `PUBLIC_URL=https://${host} TROPA_TRUST_PROXY=1 TROPA_HOST=127.0.0.1 npm start`
}
