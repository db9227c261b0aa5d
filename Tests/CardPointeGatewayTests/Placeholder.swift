// CardPointeGateway
