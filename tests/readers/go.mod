module opready/tests/readers

go 1.22

// Beside the code that build.sh takes from these stands what it needs of the rest of them.
replace (
	github.com/GoogleCloudPlatform/testgrid => ./stubs/testgrid
	github.com/vmware-tanzu/sonobuoy => ./stubs/sonobuoy
	sigs.k8s.io/prow => ./stubs/prow
)

require (
	github.com/vmware-tanzu/sonobuoy v0.57.3
	sigs.k8s.io/prow v0.0.0-20240619181241-cfb8754e0459
)

require (
	github.com/GoogleCloudPlatform/testgrid v0.0.123 // indirect
	github.com/pkg/errors v0.9.1 // indirect
	github.com/sirupsen/logrus v1.9.3 // indirect
	golang.org/x/sys v0.0.0-20220715151400-c0bba94af5f8 // indirect
	gopkg.in/yaml.v2 v2.4.0 // indirect
)
