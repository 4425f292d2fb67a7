/** What the recording of the real nginx and ours are asked: configurations that are tested, and requests. */

/** `http` with one server; `S` stands for what is in it. */
export const CONFIGURATIONS: readonly string[] = [
  'events{} http { server { listen 80 } }',
  'events{} http { server { listen 80; foo bar; } }',
  'events{} http { server { listen 80; ',
  'events{} http { server { listen 80; } }}',
  'http { }',
  'events{} http { server { listen 99999; } }',
  'events{} http { server { listen abc:x; } }',
  'events{} http { server { listen 80 nonsense; } }',
  'events{} http { server { root a b; } }',
  'events{} http { server { root /a; root /b; } }',
  'events{} http { server { proxy_pass http://x; } }',
  'events{} http { server { location / { proxy_pass http://nosuch.invalid; } } }',
  'events{} http { upstream u { server nosuch.invalid:90; } }',
  'events{} http { server { location / { proxy_pass nosuch; } } }',
  'events{} http { location / {} }',
  'server { listen 80; }',
  'events{} http { server { listen 80; location / { return; } } }',
  'events{} http { server { listen 80; location / { return x; } } }',
  'events{} http { server { listen 80; location ~ ( { } } }',
  'events{} http { server { listen 443 ssl; } }',
  'events{} http { server { listen 443 ssl; ssl_certificate /no.pem; ssl_certificate_key /no.key; } }',
  'events{} http { include /no/file.conf; }',
  'events{} http { include /no/*.conf; }',
  'events{} http { server { listen 80; server_name a; } server { listen 80; server_name a; } }',
  'events{} http { server { listen 80; listen 80; } }',
  'events{} http { server { listen 80 default_server; } server { listen 80 default_server; } }',
  'events{} http { server { location / {} location / {} } }',
  'events{} http { server { location /a { location /b {} } } }',
  'events{} http { server { error_page 404; } }',
  'events{} http { server { error_page x /a; } }',
  'events{} http { server { autoindex maybe; } }',
  'events{} http { upstream u { } server { location / { proxy_pass http://u; } } }',
  'events{} http { upstream u { server; } }',
  'events{} http { server { return 301 ; } } }',
  'events{} http { server { listen 80; index; } }',
  'events{} http { gzip yes; }',
  'events{} http { server { try_files $uri; } }',
  'events{} http { server { add_header X; } }',
  'events{} http { log_format main "$remote_addr"; access_log /tmp/x nolog; }',
  'events{} http { server { alias /x; } }',
  'events{} http { server { listen 80; "abc; } }',
  'events{} http { server { set $x $nosuch; } }',
  'user nosuch; events{} http {}',
  'worker_processes x; events{} http {}',
  'events{} http { keepalive_timeout x; }',
  'events{} http { client_max_body_size x; }',
  'events { worker_connections x; } http { }',
  ';',
  'events;',
  'events{} http;',
  'events{} http { server { server_name; } }',
  'events{} http { sever { } }',
  'events{} http { server { listen 80; location /a { root /x; } { } } }',
  'events{} events{} http { }',
  'events{} http { server { location / { if ($x) { return 1; } } } }',
];

/** What one server answers with, and what it is asked: curl's words behind the address. */
const SERVER = `
  listen 8081;
  server_name x.test;
  root /srv/web;
  location /auto/ { autoindex on; }
  location = /exact { return 200 "exact $uri $args\\n"; }
  location /plain { return 404 "gone\\n"; }
  location /code { return 418; }
  location /empty { return 204; }
  location /moved { return 301 /auto/; }
  location /away { return 302 https://example.com$request_uri; }
  location /bare { return http://example.com/; }
  location /old { rewrite ^/old/(.*)$ /$1 last; return 403; }
  location /perm { rewrite ^/perm/(.*)$ /new/$1 permanent; }
  location ^~ /images/ { return 200 "prefix\\n"; }
  location ~ \\.png$ { return 200 "regex $1\\n"; }
  location ~* ^/(?<who>[a-z]+)/HELLO { return 200 "hello $who\\n"; }
  location /try { try_files $uri $uri/ /a.txt; }
  location /tryfail { try_files $uri =404; }
  location /trynamed { try_files $uri @fallback; }
  location @fallback { return 200 "fallback $uri\\n"; }
  location /alias/ { alias /srv/web/auto/; }
  location /denied { deny all; }
  location /allowed { allow 127.0.0.0/8; deny all; return 200 "in\\n"; }
  location /secret { auth_basic "Who goes"; auth_basic_user_file /srv/htpasswd; root /srv/nothing; }
  location /headers { add_header X-One 1; add_header X-Two "a $host" always; return 200 "h\\n"; }
  location /headers404 { add_header X-One 1; add_header X-Two 2 always; return 404; }
  location /custom { error_page 404 /a.txt; root /srv/nothing; }
  location /custom200 { error_page 404 =200 /a.txt; root /srv/nothing; }
  location /customnamed { error_page 404 = @fallback; root /srv/nothing; }
  location /hidden { internal; }
  location /vars { return 200 "$request_method $scheme $host $server_port $server_name $arg_a $http_x_y $is_args$args $cookie_c\\n"; }
  location /set { set $v one; if ($arg_q = two) { set $v 2; } return 200 "$v\\n"; }
  location /if { if ($request_method = POST) { return 405; } if ($http_user_agent ~* "curl") { return 200 "curl\\n"; } return 200 "else\\n"; }
  location /map { return 200 "$colour\\n"; }
  location /tokens { server_tokens off; return 404; }
  location /type { default_type text/plain; return 200 "t\\n"; }
  location /expires { expires 1h; return 200 "e\\n"; }
  location /back/ { proxy_pass http://127.0.0.1:8082/; }
  location /same/ { proxy_pass http://127.0.0.1:8082; proxy_set_header Host $host; proxy_set_header X-Real-IP $remote_addr; }
  location /nobody/ { proxy_pass http://127.0.0.1:8083; }
  location /group/ { proxy_pass http://group; }
  location /status { stub_status; }
  location /small { client_max_body_size 4; proxy_pass http://127.0.0.1:8082; }
`;
const BACK = `
  listen 8082;
  location /redirect { return 302 http://127.0.0.1:8082/there; }
  location / { add_header X-Back yes; return 200 "$request_uri $http_host $http_connection $http_x_real_ip\\n"; }
`;

/** The whole configuration that answers. */
export function answering(main: string): string {
  return `${main} events {} http {
  types { text/html html; text/plain txt; image/png png; }
  default_type application/octet-stream;
  map $arg_c $colour { default none; red rot; ~^b blau; }
  upstream group { server 127.0.0.1:8083; server 127.0.0.1:8082; }
  server { ${SERVER} }
  server { listen 8081; server_name y.test *.wild.test; return 200 "other\\n"; }
  server { ${BACK} }
}`;
}

/** curl's words for each request; the address comes before the path. */
export const REQUESTS: readonly (readonly [path: string, ...words: string[]])[] = [
  ['/'],
  ['/index.html'],
  ['/index.html', '-I'],
  ['/index.html', '-X', 'POST'],
  ['/index.html', '-H', 'Range: bytes=0-1'],
  ['/index.html', '-H', 'Range: bytes=90-'],
  ['/a.txt'],
  ['/no.html'],
  ['/dir'],
  ['/dir/'],
  ['/nodir/'],
  ['/auto'],
  ['/auto/'],
  ['/%zz'],
  ['/exact?b=c'],
  ['/exact/more'],
  ['/plain'],
  ['/code'],
  ['/empty'],
  ['/moved'],
  ['/away?x=1'],
  ['/bare'],
  ['/old/a.txt'],
  ['/old'],
  ['/perm/a?b=c'],
  ['/images/a.png'],
  ['/x/a.png'],
  ['/bob/hello'],
  ['/try'],
  ['/tryfail'],
  ['/trynamed'],
  ['/alias/x.txt'],
  ['/denied'],
  ['/allowed'],
  ['/secret'],
  ['/secret', '-u', 'bob:builder'],
  ['/secret', '-u', 'bob:wrong'],
  ['/secret', '-u', 'ann:apr'],
  ['/headers'],
  ['/headers404'],
  ['/custom'],
  ['/custom200'],
  ['/customnamed'],
  ['/hidden'],
  ['/vars?a=1', '-H', 'X-Y: z', '-b', 'c=d'],
  ['/set'],
  ['/set?q=two'],
  ['/if'],
  ['/if', '-H', 'User-Agent: me'],
  ['/if', '-X', 'POST'],
  ['/map?c=red'],
  ['/map?c=brown'],
  ['/map'],
  ['/tokens'],
  ['/type'],
  ['/expires'],
  ['/back/a?b=c'],
  ['/back/redirect'],
  ['/same/a%20b?b=c'],
  ['/nobody/'],
  ['/group/'],
  ['/status'],
  ['/small', '-d', '12345'],
  ['/', '-H', 'Host: y.test'],
  ['/', '-H', 'Host: a.wild.test'],
  ['/', '-H', 'Host: unknown.test'],
];
