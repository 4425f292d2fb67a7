/** Chart.yaml of a new chart. */
export const CHART_FILE = `apiVersion: v2
name: <CHARTNAME>
description: A Helm chart for Kubernetes

# What kind of chart this is: 'application' can be installed; 'library' only lends its named templates to
# charts that depend on it.
type: application

# The version of the chart. Raise it with every change, by the rules of SemVer (https://semver.org/).
version: 0.1.0

# The version of what the chart installs, best in quotes. It need not follow SemVer.
appVersion: "1.16.0"
`;

/** values.yaml of a new chart. */
export const VALUES_FILE = `# What <CHARTNAME> is installed with unless --set or --values say otherwise.

# How many pods there are, as long as autoscaling is off.
replicaCount: 1

# The image of the container.
image:
  repository: nginx
  # When the kubelet fetches it.
  pullPolicy: IfNotPresent
  # The appVersion of the chart when this is empty.
  tag: ""

# Secrets for registries that want a login.
imagePullSecrets: []
# Instead of the chart's name, and instead of release and chart together.
nameOverride: ""
fullnameOverride: ""

# The account of the pods.
serviceAccount:
  # Whether it is made here.
  create: true
  # Whether its token is mounted.
  automount: true
  # What is noted on it.
  annotations: {}
  # Its name; the full name of the release when this is empty and it is made here.
  name: ""

# What is noted on each pod.
podAnnotations: {}
# Labels of each pod, beside those of the chart.
podLabels: {}

podSecurityContext: {}
  # fsGroup: 2000

securityContext: {}
  # capabilities:
  #   drop:
  #   - ALL
  # readOnlyRootFilesystem: true
  # runAsNonRoot: true
  # runAsUser: 1000

# How the pods are reached.
service:
  # ClusterIP, NodePort or LoadBalancer.
  type: ClusterIP
  # The port of the service, and of the container.
  port: 80

# From outside, by an ingress controller.
ingress:
  enabled: false
  className: ""
  annotations: {}
    # kubernetes.io/ingress.class: nginx
    # kubernetes.io/tls-acme: "true"
  hosts:
    - host: chart-example.local
      paths:
        - path: /
          pathType: ImplementationSpecific
  tls: []
  #  - secretName: chart-example-tls
  #    hosts:
  #      - chart-example.local

# From outside, by a gateway of the Gateway API.
httpRoute:
  enabled: false
  annotations: {}
  # The gateways that the route belongs to.
  parentRefs:
  - name: gateway
    sectionName: http
    # namespace: default
  # Hosts it is for.
  hostnames:
  - chart-example.local
  # Which requests are taken, and what is done to them.
  rules:
  - matches:
    - path:
        type: PathPrefix
        value: /headers
  #   filters:
  #   - type: RequestHeaderModifier
  #     requestHeaderModifier:
  #       set:
  #       - name: My-Overwrite-Header
  #         value: this-is-the-only-value

# Requests and limits: left open, so that the chart runs on small clusters as well.
resources: {}
  # limits:
  #   cpu: 100m
  #   memory: 128Mi
  # requests:
  #   cpu: 100m
  #   memory: 128Mi

# How the kubelet finds out whether the container lives and is ready.
livenessProbe:
  httpGet:
    path: /
    port: http
readinessProbe:
  httpGet:
    path: /
    port: http

# A HorizontalPodAutoscaler instead of a fixed number of pods.
autoscaling:
  enabled: false
  minReplicas: 1
  maxReplicas: 100
  targetCPUUtilizationPercentage: 80
  # targetMemoryUtilizationPercentage: 80

# More volumes of the pods, and where the container sees them.
volumes: []
# - name: foo
#   secret:
#     secretName: mysecret
#     optional: false

volumeMounts: []
# - name: foo
#   mountPath: "/etc/foo"
#   readOnly: true

nodeSelector: {}

tolerations: []

affinity: {}
`;

/** .helmignore of a new chart. */
export const IGNORE_FILE = `# What does not belong into the packaged chart: one pattern a line, as shells match them, below the chart's
# directory. A line with ! before it is taken back.
.DS_Store
# Version control
.git/
.gitignore
.bzr/
.bzrignore
.hg/
.hgignore
.svn/
# What editors leave
*.swp
*.bak
*.tmp
*.orig
*~
# Projects of development environments
.project
.idea/
*.tmproj
.vscode/
`;
