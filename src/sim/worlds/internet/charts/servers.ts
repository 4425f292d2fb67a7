import type { OfferedChart } from './offer.js';
import { serverCharts } from './server-chart.js';

/** What a chart's notes say of the way to its service. */
function notes(what: string): string {
  return `CHART NAME: {{ .Chart.Name }}
CHART VERSION: {{ .Chart.Version }}
APP VERSION: {{ .Chart.AppVersion }}

${what} can be reached in the cluster by this name:

    {{ include "@.fullname" . }}.{{ .Release.Namespace }}.svc.cluster.local
`;
}

const notesOf = (name: string, what: string): string => notes(what).replaceAll('@', name);

const PAGE = `{{- if .Values.page }}
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ include "NAME.fullname" . }}-page
  namespace: {{ .Release.Namespace | quote }}
  labels: {{- include "NAME.labels" . | nindent 4 }}
data:
  index.html: {{ .Values.page | quote }}
{{- end }}
`;

const PAGE_MOUNT = (folder: string): string => `          {{- if .Values.page }}
          volumeMounts:
            - name: page
              mountPath: ${folder}
          {{- end }}
`;

/** nginx: a web server whose page can be set. */
function nginxCharts(name = 'nginx'): OfferedChart[] {
  return serverCharts({
    name,
    description: 'NGINX Open Source is a web server that can be also used as a reverse proxy and load balancer',
    home: 'https://nginx.org',
    keywords: ['nginx', 'http', 'web', 'www', 'reverse proxy'],
    repository: 'library/nginx',
    versions: [
      ['18.2.6', '1.27.3', '2024-12-20'],
      ['19.0.4', '1.27.4', '2025-03-14'],
      ['20.1.6', '1.29.0', '2025-07-01'],
      ['21.1.23', '1.29.1', '2025-08-18'],
    ],
    port: 80,
    portName: 'http',
    values: '## The page that is served; the image has its own\npage: ""\n',
    notes: notesOf(name, 'The web server'),
  });
}

/** What is offered as Bitnami's catalogue: charts of our own making under their names. */
export function bitnamiCharts(): OfferedChart[] {
  return [...nginxCharts(), ...apache(), ...node(), ...redis(), ...databases()];
}

function apache(): OfferedChart[] {
  return serverCharts({
    name: 'apache',
    description: 'Apache HTTP Server is an open-source HTTP server',
    home: 'https://httpd.apache.org',
    keywords: ['apache', 'http', 'https', 'www', 'web', 'httpd'],
    repository: 'library/httpd',
    versions: [
      ['11.3.2', '2.4.63', '2025-02-20'],
      ['11.3.15', '2.4.64', '2025-07-15'],
      ['11.4.29', '2.4.65', '2025-08-14'],
    ],
    port: 80,
    portName: 'http',
    notes: notesOf('apache', 'The web server'),
  });
}

function node(): OfferedChart[] {
  return serverCharts({
    name: 'node',
    description: 'Node.js is a runtime environment built on the V8 JavaScript engine',
    home: 'https://nodejs.org',
    keywords: ['node', 'javascript', 'nodejs'],
    repository: 'bitnami/node',
    versions: [
      ['19.1.5', '16.18.0', '2022-10-24'],
      ['19.1.7', '16.18.1', '2022-12-12'],
    ],
    port: 3000,
    portName: 'http',
    values: `## Where the application comes from
getAppFromExternalRepository: true
repository: https://github.com/bitnami/sample-mean.git
revision: master
`,
    notes: notesOf('node', 'The application'),
  });
}

const REDIS_SECRET = `{{- if .Values.auth.enabled }}
apiVersion: v1
kind: Secret
metadata:
  name: {{ include "redis.fullname" . }}
  namespace: {{ .Release.Namespace | quote }}
  labels: {{- include "redis.labels" . | nindent 4 }}
type: Opaque
data:
  {{- $before := lookup "v1" "Secret" .Release.Namespace (include "redis.fullname" .) }}
  {{- $kept := dig "data" "redis-password" "" $before }}
  redis-password: {{ .Values.auth.password | b64enc | default $kept | default (randAlphaNum 10 | b64enc) | quote }}
{{- end }}
`;

function redis(): OfferedChart[] {
  return serverCharts({
    name: 'redis',
    description: 'Redis is an open source, advanced key-value store',
    home: 'https://redis.io',
    keywords: ['redis', 'keyvalue', 'database'],
    repository: 'library/redis',
    versions: [
      ['20.6.3', '7.4.2', '2025-01-20'],
      ['21.2.13', '8.0.3', '2025-07-10'],
      ['22.0.7', '8.2.1', '2025-08-26'],
    ],
    port: 6379,
    portName: 'redis',
    stateful: true,
    replicas: 'master.count',
    container: `          {{- if .Values.auth.enabled }}
          args: ["--requirepass", "$(REDIS_PASSWORD)"]
          {{- end }}
          {{- if and .Values.auth.enabled (not .Values.extraEnvVars) }}
          env:
            - name: REDIS_PASSWORD
              valueFrom:
                secretKeyRef:
                  name: {{ include "redis.fullname" . }}
                  key: redis-password
          {{- end }}
`,
    values: `## Whether clients need a password; drawn when none is set
auth:
  enabled: true
  password: ""
`,
    templates: { 'secret.yaml': REDIS_SECRET },
    notes: `${notesOf('redis', 'Redis')}
{{- if .Values.auth.enabled }}
Its password:

    kubectl get secret --namespace {{ .Release.Namespace }} {{ include "redis.fullname" . }} -o jsonpath="{.data.redis-password}" | base64 -d
{{- end }}
`,
  });
}

function databases(): OfferedChart[] {
  const env = (name: string): string => `          {{- if not .Values.extraEnvVars }}
          env:
            - name: ${name}
              value: {{ .Values.auth.password | default "changeme" | quote }}
          {{- end }}
`;
  const values = '## The password of the administrator\nauth:\n  password: ""\n';
  return [
    ...serverCharts({
      name: 'mysql',
      description: 'MySQL is a fast, reliable, scalable, and easy to use open source relational database system',
      home: 'https://www.mysql.com',
      keywords: ['mysql', 'database', 'sql', 'cluster'],
      repository: 'library/mysql',
      versions: [
        ['12.2.2', '8.4.4', '2025-01-22'],
        ['14.0.3', '9.4.0', '2025-08-13'],
      ],
      port: 3306,
      portName: 'mysql',
      stateful: true,
      container: env('MYSQL_ROOT_PASSWORD'),
      values,
      notes: notesOf('mysql', 'MySQL'),
    }),
    ...serverCharts({
      name: 'postgresql',
      description: 'PostgreSQL is an open source object-relational database known for reliability and data integrity',
      home: 'https://www.postgresql.org',
      keywords: ['postgresql', 'postgres', 'database', 'sql', 'replication', 'cluster'],
      repository: 'library/postgres',
      versions: [
        ['16.4.5', '17.2', '2025-01-15'],
        ['16.7.27', '17.6', '2025-08-19'],
      ],
      port: 5432,
      portName: 'postgresql',
      stateful: true,
      container: env('POSTGRES_PASSWORD'),
      values,
      notes: notesOf('postgresql', 'PostgreSQL'),
    }),
  ];
}

/** Charts of a made-up project, in more and odder versions: for exact versions, pre-releases, old and new charts. */
export function exampleCharts(): OfferedChart[] {
  const webserver = serverCharts({
    name: 'webserver',
    description: 'A small web server with a page that can be set',
    home: 'https://charts.example.com',
    keywords: ['web', 'http', 'nginx'],
    repository: 'library/nginx',
    versions: [
      ['1.0.0', '1.25.5', '2024-06-03'],
      ['1.1.0', '1.26.3', '2025-02-10'],
      ['1.2.0', '1.27.5', '2025-05-06'],
      ['2.0.0', '1.29.1', '2025-09-01'],
      ['2.1.0-rc.1', '1.29.2', '2025-10-20'],
    ],
    port: 80,
    portName: 'http',
    container: PAGE_MOUNT('/usr/share/nginx/html'),
    values: '## The page that is served; the image has its own\npage: ""\n',
    templates: { 'page.yaml': PAGE.replaceAll('NAME', 'webserver') },
    notes: notesOf('webserver', 'The web server'),
  }).map(withPageVolume);
  const cache = serverCharts({
    name: 'cache',
    description: 'A cache that forgets what is not asked for',
    home: 'https://charts.example.com',
    keywords: ['cache', 'redis', 'memory'],
    repository: 'library/redis',
    versions: [
      ['0.9.0', '7.2.7', '2025-01-13'],
      ['1.0.0', '7.4.2', '2025-04-07'],
      ['1.0.1', '7.4.5', '2025-08-04'],
    ],
    port: 6379,
    portName: 'redis',
    stateful: true,
    notes: notesOf('cache', 'The cache'),
  });
  return [...webserver, ...cache];
}

/** The volume behind the page, in the pod's spec. */
function withPageVolume(chart: OfferedChart): OfferedChart {
  const volume = `      {{- if .Values.page }}
      volumes:
        - name: page
          configMap:
            name: {{ include "webserver.fullname" . }}-page
      {{- end }}
      containers:
`;
  const files = (): Readonly<Record<string, string>> => {
    const own = chart.files();
    return {
      ...own,
      'templates/workload.yaml': (own['templates/workload.yaml'] ?? '').replace('      containers:\n', volume),
    };
  };
  return { ...chart, files };
}
