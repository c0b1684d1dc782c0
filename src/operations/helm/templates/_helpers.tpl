{{- define "paffmem.fullname" -}}
{{- if contains .Chart.Name .Release.Name -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" (.Release.Name | trunc 32 | trimSuffix "-") .Chart.Name -}}
{{- end -}}
{{- end -}}

{{/* Of (dict "root" $ "stage" NAME): what its pods are selected by. */}}
{{- define "paffmem.selector" -}}
app.kubernetes.io/name: {{ .root.Chart.Name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .stage }}
{{- end -}}

{{- define "paffmem.labels" -}}
{{ include "paffmem.selector" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version }}
{{- end -}}

{{/* Name, namespace and labels of an object of a stage. */}}
{{- define "paffmem.metadata" -}}
name: {{ include "paffmem.fullname" .root }}-{{ .name | default .stage }}
namespace: {{ .root.Release.Namespace }}
labels:
  {{- include "paffmem.labels" . | nindent 2 }}
{{- end -}}

{{- define "paffmem.brokerArgs" -}}
- --bootstrap-servers={{ required "name your brokers: kafka.bootstrapServers" .root.Values.kafka.bootstrapServers }}
- --schema-registry={{ required "name your schema registry: schemaRegistry" .root.Values.schemaRegistry }}
{{- if .root.Values.kafka.settingsSecret }}
- --kafka-settings=/etc/paffmem/private/kafka.properties
{{- end }}
{{- end -}}

{{- define "paffmem.operationsArgs" -}}
- --operations-host=0.0.0.0
- --operations-port=9100
{{- end -}}

{{/* Of a stage that serves: who may ask, and whether it encrypts. */}}
{{- define "paffmem.webArgs" -}}
- --host=0.0.0.0
- --access=/etc/paffmem/access/access.json
- --secret=/etc/paffmem/private/secret
{{- if .root.Values.pseudonyms }}
- --pseudonyms
{{- end }}
{{- if .values.tls.secret }}
- --tls-keystore=/etc/paffmem/tls/{{ .values.tls.keystoreKey }}
{{- else }}
- --plain-text
{{- end }}
{{- end -}}

{{/*
The specification of a pod, of a dict:
  root, stage, values   the stage's name and values
  args                  its command line, a YAML list
  serves                whether it keeps running, with metrics and health; a job does not
  ports                 what else it serves, name -> port
  web                   whether it serves people, and so has tokens, the secret and perhaps TLS
  operator              whether people run commands in it, which then have the secret
  linger                seconds in which what is in front learns that it stops
  state                 whether it has a volume
*/}}
{{- define "paffmem.pod" -}}
{{- $values := .root.Values -}}
{{- $private := list -}}
{{- if or .web .operator }}{{ $private = append $private "secret" }}{{ end -}}
{{- if $values.kafka.settingsSecret }}{{ $private = append $private "kafka.properties" }}{{ end -}}
{{- $gpu := dig "gpu" "enabled" false .values -}}
{{- $repository := $values.image.repository -}}
{{- if $gpu }}{{ $repository = .values.gpu.repository | default $repository }}{{ end -}}
{{- $image := printf "%s:%s" $repository (.values.tag | default $values.image.tag | default .root.Chart.AppVersion) -}}
{{- if .serves }}
# A stage stops within ten seconds.
terminationGracePeriodSeconds: {{ add 15 (.linger | default 0) }}
{{- else if .operator }}
terminationGracePeriodSeconds: 1
{{- end }}
automountServiceAccountToken: false
# Otherwise PAFFMEM_..._PORT of a service would be taken for an option.
enableServiceLinks: false
{{- with $values.serviceAccountName }}
serviceAccountName: {{ . }}
{{- end }}
{{- with $values.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- with $values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
securityContext:
  runAsNonRoot: true
  runAsUser: 10001
  runAsGroup: 10001
  fsGroup: 10001
  # A volume is not walked through at each start.
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile:
    type: RuntimeDefault
{{- if $private }}
initContainers:
  # A mounted secret belongs to root and the pod's group. paffmem takes only what is its own, mode 0600.
  - name: private-files
    image: {{ $image }}
    imagePullPolicy: {{ $values.image.pullPolicy }}
    command:
      - install
      - --mode=0600
      - --target-directory=/etc/paffmem/private
      {{- range $private }}
      - /etc/paffmem/mounted/{{ . }}
      {{- end }}
    securityContext:
      {{- include "paffmem.containerSecurity" . | nindent 6 }}
    resources:
      requests: { cpu: 10m, memory: 16Mi }
      limits: { memory: 64Mi }
    volumeMounts:
      - { name: mounted, mountPath: /etc/paffmem/mounted, readOnly: true }
      - { name: private, mountPath: /etc/paffmem/private }
{{- end }}
containers:
  - name: {{ .stage }}
    image: {{ $image }}
    imagePullPolicy: {{ $values.image.pullPolicy }}
    {{- if .operator }}
    command: [sleep, infinity]
    {{- else }}
    args:
      {{- .args | nindent 6 }}
      {{- range .values.extraArgs }}
      - {{ . | quote }}
      {{- end }}
    {{- end }}
    env:
      - name: POD_NAME
        valueFrom: { fieldRef: { fieldPath: metadata.name } }
      - name: PAFFMEM_LOG_FORMAT
        value: {{ $values.log.format }}
      - name: PAFFMEM_LOG_LEVEL
        value: {{ $values.log.level }}
      # The image's own, with another heap.
      - name: JDK_JAVA_OPTIONS
        value: >-
          -Xmx{{ .values.heap }} -XX:+ExitOnOutOfMemoryError -XX:+UseParallelGC
          -Dpaffmem.cache=/var/cache/paffmem -Dorg.bytedeco.javacpp.cachedir=/var/cache/paffmem
          -Dorg.bytedeco.javacpp.logger=none{{ with .values.javaOptions }} {{ . }}{{ end }}
      {{- if .operator }}
      - name: PAFFMEM_BOOTSTRAP_SERVERS
        value: {{ $values.kafka.bootstrapServers | quote }}
      - name: PAFFMEM_SCHEMA_REGISTRY
        value: {{ $values.schemaRegistry | quote }}
      - name: PAFFMEM_SECRET
        value: /etc/paffmem/private/secret
      - name: PAFFMEM_PSEUDONYMS
        value: {{ $values.pseudonyms | quote }}
      {{- if $values.kafka.settingsSecret }}
      - name: PAFFMEM_KAFKA_SETTINGS
        value: /etc/paffmem/private/kafka.properties
      {{- end }}
      {{- end }}
      {{- if and .web .values.tls.secret }}
      - name: PAFFMEM_TLS_PASSWORD
        valueFrom:
          secretKeyRef: { name: {{ .values.tls.secret }}, key: {{ .values.tls.passwordKey }} }
      {{- end }}
    {{- if .serves }}
    ports:
      {{- range $name, $port := .ports }}
      - { name: {{ $name }}, containerPort: {{ $port }} }
      {{- end }}
      - { name: operations, containerPort: 9100 }
    # It answers when the PK is loaded, at the first start out of what has to be unpacked.
    startupProbe:
      httpGet: { path: /health/live, port: operations }
      periodSeconds: 2
      timeoutSeconds: 5
      failureThreshold: 150
    livenessProbe:
      httpGet: { path: /health/live, port: operations }
      periodSeconds: 10
      timeoutSeconds: 5
      failureThreshold: 6
    readinessProbe:
      httpGet: { path: /health/ready, port: operations }
      periodSeconds: 5
      timeoutSeconds: 5
      failureThreshold: 2
    {{- end }}
    {{- if .linger }}
    lifecycle:
      preStop:
        exec: { command: [sleep, "{{ .linger }}"] }
    {{- end }}
    securityContext:
      {{- include "paffmem.containerSecurity" . | nindent 6 }}
    resources:
      {{- $resources := deepCopy .values.resources }}
      {{- if $gpu }}
      {{- $_ := set $resources "limits" (merge (dict .values.gpu.resource .values.gpu.count) ($resources.limits | default dict)) }}
      {{- end }}
      {{- toYaml $resources | nindent 6 }}
    volumeMounts:
      - { name: tmp, mountPath: /tmp }
      - { name: cache, mountPath: /var/cache/paffmem }
      {{- if $private }}
      - { name: private, mountPath: /etc/paffmem/private, readOnly: true }
      {{- end }}
      {{- if .web }}
      - { name: access, mountPath: /etc/paffmem/access, readOnly: true }
      {{- if .values.tls.secret }}
      - { name: tls, mountPath: /etc/paffmem/tls, readOnly: true }
      {{- end }}
      {{- end }}
      {{- if $values.filesSecret }}
      - { name: files, mountPath: /etc/paffmem/files, readOnly: true }
      {{- end }}
      {{- if .state }}
      - { name: state, mountPath: /var/lib/paffmem }
      {{- end }}
volumes:
  - name: tmp
    emptyDir: { sizeLimit: 512Mi }
  # Native libraries, unpacked once for the pod.
  - name: cache
    emptyDir: { sizeLimit: 2Gi }
  {{- if $private }}
  - name: mounted
    projected:
      defaultMode: 0440
      sources:
        {{- if or .web .operator }}
        - secret:
            name: {{ $values.deploymentSecret }}
            items: [{ key: secret, path: secret }]
        {{- end }}
        {{- if $values.kafka.settingsSecret }}
        - secret:
            name: {{ $values.kafka.settingsSecret }}
            items: [{ key: {{ .stage }}.properties, path: kafka.properties }]
        {{- end }}
  - name: private
    emptyDir: { medium: Memory, sizeLimit: 1Mi }
  {{- end }}
  {{- if .web }}
  - name: access
    secret: { secretName: {{ $values.accessSecret }}, defaultMode: 0440 }
  {{- if .values.tls.secret }}
  - name: tls
    secret:
      secretName: {{ .values.tls.secret }}
      defaultMode: 0440
      items: [{ key: {{ .values.tls.keystoreKey }}, path: {{ .values.tls.keystoreKey }} }]
  {{- end }}
  {{- end }}
  {{- if $values.filesSecret }}
  - name: files
    secret: { secretName: {{ $values.filesSecret }}, defaultMode: 0440 }
  {{- end }}
{{- if .serves }}
topologySpreadConstraints:
  - maxSkew: 1
    topologyKey: kubernetes.io/hostname
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels:
        {{- include "paffmem.selector" . | nindent 8 }}
{{- end }}
{{- with .values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .values.affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{- define "paffmem.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end -}}

{{/* Labels and annotations of a stage's pods. No version: another chart alone restarts nothing. */}}
{{- define "paffmem.podMetadata" -}}
labels:
  {{- include "paffmem.selector" . | nindent 2 }}
{{- with .root.Values.podAnnotations }}
annotations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{/* The port for metrics and health, of a service. */}}
{{- define "paffmem.operationsPort" -}}
- { name: operations, port: 9100, targetPort: operations }
{{- end -}}

{{/* Fails if more instances could run than have work. */}}
{{- define "paffmem.checkReplicas" -}}
{{- $most := .values.replicas -}}
{{- if .values.autoscaling.enabled }}{{ $most = .values.autoscaling.maxReplicas }}{{ end -}}
{{- if gt (mul $most .each) (int .root.Values.topics.partitions) -}}
{{- fail (printf "%s: %d replicas, each with %d readers, are more than topics.partitions (%d); one without a partition is never ready" .stage (int $most) (int .each) (int .root.Values.topics.partitions)) -}}
{{- end -}}
{{- end -}}
