module opready/tests/readers/sonobuoy

go 1.21
