{{- define "scoring.refuse.state" -}}
{{- $c := .Values.checkpoints }}
{{- $mode := .Values.run.upgradeMode }}
{{- if and (eq $mode "savepoint") (not $c.savepointDirectory) }}
run.upgradeMode is savepoint, but there is no checkpoints.savepointDirectory to put it in. Set it, or another upgradeMode.
{{- end }}
{{- if and (ne $mode "stateless") (not $c.directory) }}
run.upgradeMode is {{ $mode }}, but there is no checkpoints.directory. Set it, or upgradeMode: stateless, which loses what is in flight.
{{- end }}
{{- if and (eq $mode "last-state") (not .Values.highAvailability.enabled) }}
run.upgradeMode: last-state finds the last checkpoint by highAvailability, which is off. Enable it, or set upgradeMode: savepoint.
{{- end }}
{{- if and .Values.run.savepointRedeployNonce (not .Values.run.initialSavepoint) }}
run.savepointRedeployNonce is {{ toJson .Values.run.savepointRedeployNonce }}, but run.initialSavepoint does not say which savepoint the job begins anew with. Set it, or leave the number out.
{{- end }}
{{- if and $c.savepointInterval (not $c.savepointDirectory) }}
checkpoints.savepointInterval is {{ $c.savepointInterval }}, but there is no checkpoints.savepointDirectory. Set it.
{{- end }}
{{- if and .Values.highAvailability.enabled (not .Values.highAvailability.directory) }}
highAvailability is enabled without highAvailability.directory, where its metadata lies. Set it.
{{- end }}
{{- if and (gt (int .Values.jobManager.replicas) 1) (not .Values.highAvailability.enabled) }}
jobManager.replicas is {{ .Values.jobManager.replicas }}, but only one JobManager can work without highAvailability. Enable it, or set jobManager.replicas: 1.
{{- end }}
{{- if and (eq $mode "stateless") (eq (get (.Values.job.delivery | default dict) "guarantee") "exactly-once") }}
job.delivery.guarantee is exactly-once, but run.upgradeMode is stateless, which loses what is in flight with each new version. Set savepoint or last-state.
{{- end }}
{{- range $key, $uri := dict "checkpoints.directory" $c.directory "checkpoints.savepointDirectory" $c.savepointDirectory "highAvailability.directory" .Values.highAvailability.directory }}
{{- $scheme := regexFind "^[^:]*" $uri }}
{{- if not (or (has $scheme (list "" "s3" "s3p" "file")) $.Values.image.tag $.Values.image.digest) }}
{{ $key }} is {{ $uri }}, but the image of the project's Dockerfile has Flink's plugin for s3:// only. Name a folder there, or one on a volume (file://); or build an image of your own with the plugin for {{ $scheme }}://, and name that by image.tag or image.digest.
{{- end }}
{{- if hasPrefix "file:" $uri }}
{{- if not $c.pvc.claim }}
{{ $key }} is {{ $uri }}, in the pod's own file system, which goes with it. Set checkpoints.pvc.claim, or a folder in an object store.
{{- else if not (hasPrefix (printf "%s/" $c.pvc.path) ($uri | trimPrefix "file:" | replace "///" "/")) }}
{{ $key }} is {{ $uri }}, outside of the volume at {{ $c.pvc.path }}. Name a folder in it, such as file://{{ $c.pvc.path }}/checkpoints.
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{/* Not where options of Flink part the memory in another way. */}}
{{- define "scoring.refuse.memory" -}}
{{- $own := keys .Values.flink | join " " | regexMatch "(^| )taskmanager[.]memory[.]" }}
{{- $all := dict "taskManager" .Values.taskManager }}
{{- if eq .Values.topology "pools" }}
{{- $_ := set $all "gpu.pool" .Values.gpu.pool }}
{{- end }}
{{- range $key, $one := $all }}
{{- $heap := include "scoring.memory.heap" (dict "memory" $one.memory "nativeMemory" $one.nativeMemory "managedFraction" $.Values.taskManager.managedFraction) | int64 }}
{{- if and (lt $heap 128) (not $own) }}
{{ $key }}.memory is {{ $one.memory }}, of which {{ $key }}.nativeMemory takes {{ $one.nativeMemory }}, and with what Flink itself needs there are {{ $heap }} MB left for the heap, which needs 128. Raise {{ $key }}.memory, or lower {{ $key }}.nativeMemory or taskManager.managedFraction.
{{- end }}
{{- end }}
{{- end }}
