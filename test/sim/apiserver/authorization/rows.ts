/**
 * Rules of roles, a line each: role, verbs, groups, resources, names (`core` is the group without a name; `url` takes
 * paths). Written by hand: what the real server says to such questions is in test/reference/authorization.
 */
export const RULES = `
reader      get,list,watch        core       pods,services
scaler      get,update,patch      *          */scale
logs        get                   core       pods/log
named       get,update,delete     core       configmaps           blue,green
named       create                core       configmaps
named       list,watch            core       secrets              token
anyverb     *                     apps       deployments
anygroup    get                   *          ingresses
anything    get                   core       *
everything  *                     *          *
twogroups   list                  apps,batch jobs,deployments
paths       get                   url        /metrics,/logs/*,/debug/*
allpaths    *                     url        *
approver    approve,sign          certificates.k8s.io signers     example.com/blue,example.com/*
tokens      create                core       serviceaccounts/token builder
execs       create                core       pods/exec,pods/portforward
statuses    patch                 apps       */status
`;

/** Who has which role: in a namespace, or everywhere (`*`). */
export const BINDINGS = `
user:ruth        reader      alpha
group:readers    reader      beta
account:alpha/robot reader   alpha
account:alpha/robot scaler   *
user:scott       scaler      *
user:scott       logs        alpha
user:nina        named       alpha
user:vera        anyverb     alpha
user:greg        anygroup    *
user:theo        anything    alpha
user:emma        everything  beta
user:boss        everything  *
user:tom         twogroups   alpha
user:pat         paths       *
user:pam         allpaths    *
user:sam         approver    *
user:tina        tokens      alpha
user:xena        execs       alpha
user:stan        statuses    *
`;

/** Who, does what, to what (`namespace:resource.group/subresource name`, or a path), may he. */
export const ROWS = `
ruth    get         alpha:pods          yes
ruth    get         alpha:pods web      yes
ruth    list        alpha:pods          yes
ruth    watch       alpha:pods          yes
ruth    get         alpha:services web  yes
ruth    list        alpha:services      yes
ruth    create      alpha:pods          no
ruth    update      alpha:pods web      no
ruth    patch       alpha:pods web      no
ruth    delete      alpha:pods web      no
ruth    deletecollection alpha:pods     no
ruth    get         alpha:pods/log web  no
ruth    get         alpha:pods/status web no
ruth    create      alpha:pods/exec web no
ruth    get         beta:pods web       no
ruth    list        beta:pods           no
ruth    list        :pods               no
ruth    get         :pods               no
ruth    get         alpha:pods.apps web no
ruth    list        alpha:secrets       no
ruth    get         alpha:endpoints web no
ruth    GET         alpha:pods web      no
ruth    *           alpha:pods          no
ruth    get         alpha:*             no
ruth    get         alpha:po web        no
ruth    get         alpha:Pods web      no
ruth    get         /metrics            no
ruth,readers get    beta:pods web       yes
ruth,readers list   beta:services       yes
ruth,readers create beta:pods           no
ruth,readers get    gamma:pods web      no
ruth,writers get    beta:pods web       no
ruth,readers,x get  beta:pods web       yes
x,readers list      beta:pods           yes
x,readers list      alpha:pods          no
readers list        beta:pods           no
x,ruth  list        alpha:pods          no
robot@alpha get     alpha:pods web      yes
robot@alpha list    alpha:services      yes
robot@alpha get     beta:pods web       no
robot@alpha get     beta:deployments.apps/scale web yes
robot@alpha update  gamma:replicasets.apps/scale web yes
robot@alpha update  :replicationcontrollers/scale web yes
robot@alpha delete  beta:deployments.apps/scale web no
robot@alpha update  beta:deployments.apps web no
robot@beta get      alpha:pods web      no
robot   get         alpha:pods web      no
system:serviceaccount:alpha:robot get alpha:pods web yes
system:serviceaccount:alpha:robot2 get alpha:pods web no
system:serviceaccount:beta:robot get alpha:pods web no
scott   get         alpha:deployments.apps/scale web yes
scott   patch       beta:statefulsets.apps/scale db yes
scott   get         alpha:widgets.example.com/scale w yes
scott   get         alpha:deployments.apps web no
scott   get         alpha:deployments.apps/status web no
scott   create      alpha:deployments.apps/scale web no
scott   get         alpha:deployments.apps/scalex web no
scott   get         alpha:scale web     no
scott   get         alpha:pods/log web  yes
scott   get         beta:pods/log web   no
scott   get         alpha:pods web      no
scott   list        alpha:pods/log      no
scott   get         alpha:pods/scale/x web no
nina    get         alpha:configmaps blue yes
nina    get         alpha:configmaps green yes
nina    get         alpha:configmaps red no
nina    get         alpha:configmaps    no
nina    list        alpha:configmaps    no
nina    list        alpha:configmaps blue no
nina    update      alpha:configmaps blue yes
nina    delete      alpha:configmaps green yes
nina    delete      alpha:configmaps red no
nina    patch       alpha:configmaps blue no
nina    deletecollection alpha:configmaps no
nina    create      alpha:configmaps    yes
nina    create      alpha:configmaps red yes
nina    create      beta:configmaps     no
nina    get         beta:configmaps blue no
nina    get         alpha:configmaps *  no
nina    get         alpha:configmaps Blue no
nina    list        alpha:secrets       no
nina    list        alpha:secrets token yes
nina    watch       alpha:secrets token yes
nina    get         alpha:secrets token no
nina    list        alpha:secrets other no
nina    get         alpha:configmaps/status blue no
vera    get         alpha:deployments.apps web yes
vera    delete      alpha:deployments.apps web yes
vera    deletecollection alpha:deployments.apps yes
vera    *           alpha:deployments.apps yes
vera    bogus       alpha:deployments.apps yes
vera    get         alpha:deployments.apps/scale web no
vera    get         alpha:deployments.extensions web no
vera    get         alpha:deployments web no
vera    get         alpha:replicasets.apps web no
vera    get         beta:deployments.apps web no
vera    get         :deployments.apps   no
greg    get         alpha:ingresses.networking.k8s.io i yes
greg    get         alpha:ingresses.extensions i yes
greg    get         alpha:ingresses i   yes
greg    get         :ingresses.example.com yes
greg    list        alpha:ingresses.networking.k8s.io no
greg    get         alpha:ingresses.networking.k8s.io/status i no
greg    get         alpha:ingresses.* i yes
theo    get         alpha:pods web      yes
theo    get         alpha:secrets s     yes
theo    get         alpha:pods/log web  yes
theo    get         alpha:pods/exec web yes
theo    get         alpha:anything x    yes
theo    get         alpha:*             yes
theo    list        alpha:pods          no
theo    get         alpha:deployments.apps web no
theo    get         beta:pods web       no
theo    get         :nodes n1           no
emma    delete      beta:pods web       yes
emma    create      beta:rolebindings.rbac.authorization.k8s.io yes
emma    escalate    beta:roles.rbac.authorization.k8s.io r yes
emma    bind        beta:clusterroles.rbac.authorization.k8s.io admin yes
emma    impersonate beta:serviceaccounts x yes
emma    *           beta:*.*            yes
emma    get         alpha:pods web      no
emma    get         :namespaces beta    no
emma    get         beta:namespaces beta yes
emma    list        :pods               no
emma    impersonate :users jane         no
emma    get         /metrics            no
boss    delete      :nodes n1           yes
boss    *           :*.*                yes
boss    impersonate :users jane         yes
boss    impersonate :groups system:masters yes
boss    create      kube-system:secrets yes
boss    get         :anything.example.com/sub x yes
boss    get         /metrics            no
boss    get         /version            no
tom     list        alpha:deployments.apps yes
tom     list        alpha:jobs.batch    yes
tom     list        alpha:jobs.apps     yes
tom     list        alpha:deployments.batch yes
tom     list        alpha:deployments   no
tom     list        alpha:pods          no
tom     get         alpha:jobs.batch j  no
pat     get         /metrics            yes
pat     get         /metrics/           no
pat     get         /metrics/cadvisor   no
pat     get         /metricsx           no
pat     get         /logs/              yes
pat     get         /logs/kubelet.log   yes
pat     get         /logs/a/b           yes
pat     get         /logs               no
pat     get         /debug/pprof/heap   yes
pat     post        /metrics            no
pat     head        /metrics            no
pat     get         /                   no
pat     get         alpha:pods web      no
pat     get         /LOGS/x             no
pam     get         /                   yes
pam     post        /anything/at/all    yes
pam     delete      /metrics            yes
pam     *           /x                  yes
pam     get         alpha:pods web      no
sam     approve     :signers.certificates.k8s.io example.com/blue yes
sam     sign        :signers.certificates.k8s.io example.com/* yes
sam     sign        :signers.certificates.k8s.io example.com/red no
sam     attest      :signers.certificates.k8s.io example.com/blue no
sam     approve     :signers.certificates.k8s.io no
tina    create      alpha:serviceaccounts/token builder yes
tina    create      alpha:serviceaccounts/token default no
tina    create      alpha:serviceaccounts builder no
tina    create      beta:serviceaccounts/token builder no
xena    create      alpha:pods/exec web yes
xena    get         alpha:pods/exec web no
xena    create      alpha:pods/portforward web yes
xena    create      alpha:pods/attach web no
xena    create      alpha:pods          no
stan    patch       alpha:deployments.apps/status web yes
stan    patch       :daemonsets.apps/status web yes
stan    patch       alpha:pods/status web no
stan    update      alpha:deployments.apps/status web no
nobody  get         alpha:pods web      no
nobody  create      :selfsubjectaccessreviews.authorization.k8s.io no
nobody,system:authenticated create :selfsubjectaccessreviews.authorization.k8s.io yes
nobody,system:authenticated create :selfsubjectrulesreviews.authorization.k8s.io yes
nobody,system:authenticated create :selfsubjectreviews.authentication.k8s.io yes
nobody,system:authenticated create :subjectaccessreviews.authorization.k8s.io no
nobody,system:authenticated get /api    yes
nobody,system:authenticated get /apis/apps/v1 yes
nobody,system:authenticated get /openapi/v3 yes
nobody,system:authenticated get /version/ yes
nobody,system:authenticated get /healthz/etcd no
nobody,system:authenticated get /metrics no
nobody,system:authenticated post /api   no
nobody,system:unauthenticated get /version yes
nobody,system:unauthenticated get /livez yes
nobody,system:unauthenticated get /api  no
nobody,system:unauthenticated get alpha:pods no
nobody,system:monitoring get /metrics   yes
nobody,system:monitoring get /metrics/slis yes
nobody,system:monitoring get /livez/ping yes
nobody,system:masters delete :nodes n1  yes
nobody,system:masters post /anything    yes
system:kube-scheduler create alpha:pods/binding web yes
system:kube-scheduler delete alpha:pods web yes
system:kube-scheduler update alpha:pods web no
system:kube-scheduler update kube-system:leases.coordination.k8s.io kube-scheduler yes
system:kube-scheduler update beta:leases.coordination.k8s.io other no
system:kube-proxy list :services        yes
system:kube-proxy list :secrets         no
system:kube-controller-manager list :anything.example.com yes
system:kube-controller-manager create kube-system:serviceaccounts/token x yes
system:kube-controller-manager delete alpha:pods web no
job-controller@kube-system create alpha:pods yes
job-controller@kube-system update alpha:jobs.batch/status j yes
job-controller@kube-system delete alpha:jobs.batch j no
`;
