module github.com/vmware-tanzu/sonobuoy

go 1.22

require (
	github.com/pkg/errors v0.9.1
	github.com/sirupsen/logrus v1.9.3
	gopkg.in/yaml.v2 v2.4.0
)
